import { ask, json } from './http';
import { until } from './run';

/** The test files that bring up the same applications, side by side. */
const ways = ['written', 'applied', 'failing', 'delivery'] as const;
export type Way = (typeof ways)[number];

/** An application in one of the test files: no other has its names and ports. */
export interface Placed extends Subject {
  /** The name of its Docker environment. */
  readonly environment: Way;
  /** Comes before the names of its containers, networks and volumes. */
  readonly project: string;
  readonly namespace: string;
  readonly hostPort: number;
  readonly nodePort: number;
}

/** Places an application for one test file. */
export function placed<Of extends Subject>(subject: Of, way: Way): Of & Placed {
  const index = ways.indexOf(way);
  return {
    ...subject,
    environment: way,
    project: `${subject.name}-${way}`,
    namespace: `${subject.name}-${way}`,
    hostPort: subject.ownPorts.host + index,
    nodePort: subject.ownPorts.node + index,
  };
}

/** What is added to a copy of an application. */
export interface Additions {
  /** Texts of application.ts, and what stands in front of each instead. */
  readonly before: readonly (readonly [text: string, added: string])[];
  /** Files below test/e2e, by their places in the application's folder. */
  readonly files: Readonly<Record<string, string>>;
}

const nothing: Additions = { before: [], files: {} };

/** An application under test, and what a visitor can do with it. */
export interface Subject {
  readonly name: 'vdt2023' | 'eq-backend';
  /** The first of those that test files publish it at. Node ports up to 30085 are given to nobody who asks for any. */
  readonly ownPorts: { readonly host: number; readonly node: number };
  /** The port of the host that the application names itself. */
  readonly published: number;
  /** The ports that components listen on. */
  readonly ports: Readonly<Record<string, number>>;
  /** Those that run and have no port. */
  readonly workers: readonly string[];
  /** What a copy of the application has beside what is in stacks/: texts of application.ts, and files. */
  readonly additions: Additions;
  /** What the stand-in for an image does with its own secret, and the image does not. */
  readonly passedOn: readonly string[];
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
  ownPorts: { host: 18020, node: 30060 },
  published: 80,
  ports: { proxy: 8080, backend: 5000, database: 27017 },
  workers: [],
  additions: nothing,
  // FerretDB takes it as an argument when it starts for the first time.
  passedOn: ['command line of database: DATABASE_PASSWORD'],
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
  ownPorts: { host: 18080, node: 30070 },
  published: 8000,
  ports: { proxy: 8080, backend: 8000, database: 5432, cache: 6379 },
  workers: [],
  additions: nothing,
  passedOn: [],
  variable: ["Json.of(['http://localhost:3000'])", "Json.of(['http://localhost:4000'])"],
  values: ['http://localhost:3000', 'http://localhost:4000'],
  replica: async (url) => String((await ask(`${url}/health`)).headers['x-served-by']),
  seen: async (url) => (await json<{ CORS_ORIGINS: string[] }>(`${url}/config`)).CORS_ORIGINS.join(),
  write: async (url, text) => {
    await json(`${url}/notes`, { text });
  },
  read: async (url) => (await json<{ text: string }[]>(`${url}/notes`)).map(({ text }) => text),
};

const worker = `new Worker(this, 'worker', {
      image,
      command: ['python3', 'worker.py'],
      health: Health.command(['python3', 'migrate.py', 'current']),
      waitsFor: [migration],
      exceptions,
      env: { DATABASE_URL: database.url, REDIS_URL: cache.url },
    });
    `;

/** eq-backend with a worker, which answers notes: every kind of component that most applications have. */
export const core: Subject = {
  ...eqBackend,
  workers: ['worker'],
  additions: {
    before: [
      ['type Environment,', 'Worker, '],
      ['new ReverseProxy(', worker],
    ],
    files: { 'backend/worker.py': 'core/worker.py' },
  },
};

/** A worker is seen by what it does: that of {@link core} answers a note. */
export function workerDoesItsWork(subject: Subject, url: string): void {
  if (subject.workers.length === 0) return;
  test('the worker does its work', async () => {
    await subject.write(url, 'anybody there?');
    await until('the answer of the worker', 30, async () =>
      (await subject.read(url)).includes('answered: anybody there?') ? true : undefined,
    );
  });
}

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
