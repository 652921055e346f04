/** What the testbed builds only when a file needs it, with the seconds that it takes on 2 cores. */
export const parts = { scanners: 250, builder: 180 } as const;
export type Part = keyof typeof parts;

/** What is known of an e2e file before it runs. */
export interface Known {
  /** Seconds that it took on 2 cores, beside another where it may; `npm run test:e2e` prints them. */
  readonly seconds: number;
  /** Why no other may run beside it. @default others may */
  readonly alone?: 'it restarts what others run on' | 'it takes the room of a small node';
  /** What the testbed must have. @default nothing but the engine, compose, Pulumi and the cluster */
  readonly needs?: Part;
}

/** The files that `npm run test:e2e:core` runs, by their paths below test/e2e. */
export const core: Readonly<Record<string, Known>> = {
  'core/applied-kubernetes': { seconds: 155 },
  'core/written-kubernetes': { seconds: 95 },
  'core/applied-docker': { seconds: 195 },
  'core/written-docker': { seconds: 70 },
};

/** All others. No file takes more than {@link longest}: split one that does. */
export const further: Readonly<Record<string, Known>> = {
  'applied/converge-docker': { seconds: 290 },
  'applied/converge-kubernetes': { seconds: 290 },
  'applied/docker': { seconds: 175 },
  'applied/failing-migration': { seconds: 120 },
  'applied/kubernetes': { seconds: 150 },
  'backup/docker': { seconds: 180 },
  'backup/kubernetes': { seconds: 200 },
  'compose-scan': { seconds: 15, needs: 'scanners' },
  delivery: { seconds: 110 },
  'faults/docker': { seconds: 125 },
  'faults/kubernetes': { seconds: 275, alone: 'it takes the room of a small node' },
  images: { seconds: 135, needs: 'builder' },
  jobs: { seconds: 210 },
  limits: { seconds: 45 },
  'manifest-scan': { seconds: 40, needs: 'scanners' },
  proxies: { seconds: 140 },
  random: { seconds: 35, needs: 'scanners' },
  readme: { seconds: 215 },
  'restart/docker': { seconds: 80, alone: 'it restarts what others run on' },
  'restart/kubernetes': { seconds: 210, alone: 'it restarts what others run on' },
  secrets: { seconds: 145 },
  'systems/chatbot-logs': { seconds: 306, alone: 'it takes the room of a small node' },
  'systems/content-app': { seconds: 105 },
  'systems/hello-world-rest-api': { seconds: 190 },
  'systems/mem0-server': { seconds: 60 },
  'systems/streamlit-app': { seconds: 75 },
  updates: { seconds: 95 },
  traffic: { seconds: 150 },
  'wide/docker': { seconds: 175 },
  'wide/kubernetes': { seconds: 135 },
  'written/again': { seconds: 140 },
  'written/docker': { seconds: 70 },
  'written/kubernetes': { seconds: 80 },
  'written/site': { seconds: 85 },
};

/** Seconds that a file takes at most, by this table. */
export const longest = 480;
