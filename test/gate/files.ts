/** What the testbed builds only when a file needs it, with the seconds that it takes on 2 cores. */
export const parts = { scanners: 300, builder: 180 } as const;
export type Part = keyof typeof parts;

/** What is known of an e2e file before it runs. */
export interface Known {
  /** Seconds that it took on 2 cores, beside another where it may; `npm run test:e2e` prints them. */
  readonly seconds: number;
  /** Why no other may run beside it. @default others may */
  readonly alone?:
    'it restarts what others run on' | 'it takes the room of a small node' | 'it loads the node';
  /** What the testbed must have. @default nothing but the engine, compose, Pulumi and the cluster */
  readonly needs?: Part;
}

/** The files that `npm run test:e2e:core` runs, by their paths below test/e2e. */
export const core: Readonly<Record<string, Known>> = {
  'core/applied-kubernetes': { seconds: 150 },
  'core/written-kubernetes': { seconds: 110 },
  'core/applied-docker': { seconds: 110 },
  'core/written-docker': { seconds: 80 },
};

/** All others. No file takes more than {@link longest}: split one that does. */
export const further: Readonly<Record<string, Known>> = {
  'applied/converge-docker': { seconds: 200 },
  'applied/converge-kubernetes': { seconds: 225 },
  'applied/docker': { seconds: 90 },
  'applied/failing-migration': { seconds: 120 },
  'applied/kubernetes': { seconds: 140 },
  'backup/docker': { seconds: 200 },
  'backup/kubernetes': { seconds: 150 },
  'compose-scan': { seconds: 60, needs: 'scanners' },
  delivery: { seconds: 120 },
  'faults/docker': { seconds: 150 },
  'faults/kubernetes': { seconds: 200, alone: 'it takes the room of a small node' },
  images: { seconds: 120, needs: 'builder' },
  jobs: { seconds: 150 },
  'manifest-scan': { seconds: 120, needs: 'scanners' },
  proxies: { seconds: 120 },
  random: { seconds: 120, needs: 'scanners' },
  readme: { seconds: 120 },
  'restart/docker': { seconds: 90, alone: 'it restarts what others run on' },
  'restart/kubernetes': { seconds: 120, alone: 'it restarts what others run on' },
  secrets: { seconds: 150 },
  'systems/chatbot-logs': { seconds: 306, alone: 'it takes the room of a small node' },
  'systems/content-app': { seconds: 120 },
  'systems/hello-world-rest-api': { seconds: 180 },
  'systems/mem0-server': { seconds: 60 },
  'systems/streamlit-app': { seconds: 100 },
  'written/again': { seconds: 100 },
  'written/docker': { seconds: 60 },
  'written/kubernetes': { seconds: 100 },
  'written/site': { seconds: 40 },
};

/** Seconds that a file takes at most, by this table. */
export const longest = 480;
