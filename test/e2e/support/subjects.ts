import { ask, json } from './http';

/** An application under test: its names and ports here, and what a visitor can do with it. */
export interface Subject {
  readonly name: 'vdt2023' | 'eq-backend';
  /** Comes before the names of its containers, networks and volumes. */
  readonly project: string;
  readonly namespace: string;
  readonly hostPort: number;
  readonly nodePort: number;
  /** The ports that the application names itself. */
  readonly published: { readonly host: number; readonly node: number };
  /** The ports that components listen on. */
  readonly ports: Readonly<Record<string, number>>;
  /** The references: who calls whom. */
  readonly edges: readonly (readonly [caller: string, called: string])[];
  /** The components that have a reference to the outside. */
  readonly outbound: readonly string[];
  /** A variable of the backend: the line of application.ts that has it, and another. */
  readonly variable: readonly [from: string, to: string];
  /** What the variable is, then and after. */
  readonly values: readonly [before: string, after: string];
  /** Who answers. */
  replica(url: string): Promise<string>;
  /** What the variable is seen to be. */
  seen(url: string): Promise<string>;
  write(url: string, text: string): Promise<void>;
  read(url: string): Promise<string[]>;
}

export const vdt2023: Subject = {
  name: 'vdt2023',
  project: 'vdt2023-e2e',
  namespace: 'vdt2023-e2e',
  hostPort: 18023,
  nodePort: 31023,
  published: { host: 80, node: 30023 },
  ports: { proxy: 8080, backend: 5000, database: 27017 },
  edges: [
    ['proxy', 'backend'],
    ['backend', 'database'],
  ],
  outbound: [],
  variable: ['env: { MONGO_URL: database.url }', "env: { MONGO_URL: database.url, GREETING: 'Ahoy' }"],
  values: ['Hello', 'Ahoy'],
  replica: async (url) => (await json<{ hostname: string }>(`${url}/`)).hostname,
  seen: async (url) => (await json<{ message: string }>(`${url}/`)).message,
  write: async (url, name) => {
    await json(`${url}/items`, { name });
  },
  read: async (url) => (await json<{ name: string }[]>(`${url}/items`)).map(({ name }) => name),
};

export const eqBackend: Subject = {
  name: 'eq-backend',
  project: 'eq-backend-e2e',
  namespace: 'eq-backend-e2e',
  hostPort: 18080,
  nodePort: 31080,
  published: { host: 8000, node: 30080 },
  ports: { proxy: 8080, backend: 8000, database: 5432, cache: 6379 },
  edges: [
    ['proxy', 'backend'],
    ['backend', 'database'],
    ['backend', 'cache'],
    ['migration', 'database'],
  ],
  outbound: ['backend'],
  variable: ["Json.of(['http://localhost:3000'])", "Json.of(['http://localhost:4000'])"],
  values: ['http://localhost:3000', 'http://localhost:4000'],
  replica: async (url) => String((await ask(`${url}/health`)).headers['x-served-by']),
  seen: async (url) => (await json<{ CORS_ORIGINS: string[] }>(`${url}/config`)).CORS_ORIGINS.join(),
  write: async (url, text) => {
    await json(`${url}/notes`, { text });
  },
  read: async (url) => (await json<{ text: string }[]>(`${url}/notes`)).map(({ text }) => text),
};

/** What the source of each backend has, and another text: its answer of /health. */
export const source = ['return {"status": "ok"}', 'return {"status": "fine"}'] as const;

/**
 * The different replicas that answer. A cluster's nodes hear of a pod that is ready a moment later, so that
 * it is asked again for a while where there is only one.
 */
export async function replicas(subject: Subject, url: string): Promise<string[]> {
  const seen = new Set<string>();
  const end = Date.now() + 15_000;
  do for (let count = 0; count < 40; count += 1) seen.add(await subject.replica(url));
  while (seen.size < 2 && Date.now() < end);
  return [...seen];
}
