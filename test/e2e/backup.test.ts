import { join } from 'node:path';
import { kubectl, rolledOut, sweepNamespace } from './support/cluster';
import { docker, sweep } from './support/engine';
import { hostileEyesOnEngine } from './support/eyes';
import { hostileEyesInCluster } from './support/eyes-cluster';
import { OwnProject } from './support/own-project';
import { kubeconfig, onCluster, onEngine, repository } from './support/requirements';
import { attempt, run, type Ended } from './support/run';
import { notesOf, stores, type Store } from './support/stores';

let project: OwnProject;

beforeAll(async () => {
  project = new OwnProject('stores');
  await project.catamaran('secrets', 'stores', '--environment', 'dev', '--init');
  await project.catamaran('synth', 'stores');
});

afterAll(() => {
  project.remove();
});

const program = join(repository, 'lib/cli/main.js');
const secretsFile = (): string => project.source('.env');

/** A target with the stores on it. */
interface Place {
  readonly environment: 'dev' | 'staging';
  readonly kinds: readonly Store[];
  /** Runs a program in the container of a store; returns what it prints. */
  readonly inside: (store: Store, command: readonly string[]) => Promise<string>;
  /** Destroys the volumes of all stores and brings the stores up again. */
  readonly lose: () => Promise<void>;
}

const standIns = 'FerretDB for MongoDB, MariaDB for MySQL, and a small server for Elasticsearch';

onEngine(`backups, written for Docker, of stores of which some are stand-ins: ${standIns}`, () => {
  const compose = (...args: readonly string[]) =>
    run('docker', [
      ...['compose', '--env-file', secretsFile(), '--file', project.path('dist/stores/dev/compose.yaml')],
      ...args,
    ]);
  const up = () => compose('up', '--detach', '--wait');

  beforeAll(async () => {
    await sweep('stores-dev');
    await up();
  });
  afterAll(() => sweep('stores-dev'));

  hostileEyesOnEngine(() => ({
    ...{ folder: project.folder, application: 'stores', environment: 'dev' },
    ...{ project: 'stores-dev', by: 'compose' },
  }));

  keepTheData({
    environment: 'dev',
    kinds: stores,
    inside: ({ name }, command) => docker('exec', `stores-dev-${name}-1`, ...command),
    lose: async () => {
      const names = stores.map(({ name }) => name);
      await compose('rm', '--stop', '--force', ...names);
      await docker('volume', 'rm', ...names.map((name) => `stores-dev_${name}-data`));
      await up();
    },
  });
});

onCluster('backups, written for Kubernetes, of PostgreSQL and of a small server for Elasticsearch', () => {
  const namespace = 'stores-e2e';
  const kinds = stores.filter(({ name }) => ['postgres', 'search'].includes(name));
  const inNamespace = (...args: readonly string[]) => kubectl(['--namespace', namespace, ...args]);
  const up = async () => {
    await kubectl(['apply', '--filename', project.path('dist/stores/staging')]);
    await rolledOut(namespace);
  };

  beforeAll(async () => {
    await sweepNamespace(namespace);
    await kubectl(['create', 'namespace', namespace]);
    await inNamespace('create', 'secret', 'generic', 'stores-secrets', `--from-env-file=${secretsFile()}`);
    await up();
  });
  afterAll(() => sweepNamespace(namespace));

  hostileEyesInCluster(() => ({
    ...{ folder: project.folder, application: 'stores', environment: 'staging' },
    namespace,
  }));

  keepTheData({
    environment: 'staging',
    kinds,
    inside: ({ name }, command) => inNamespace('exec', `${name}-0`, '--container', name, '--', ...command),
    lose: async () => {
      await inNamespace('delete', 'statefulset', ...kinds.map(({ name }) => name), '--wait');
      await inNamespace('delete', 'persistentvolumeclaim', ...kinds.map(({ name }) => `data-${name}-0`));
      await up();
    },
  });
});

function keepTheData({ environment, kinds, inside, lose }: Place): void {
  const catamaran = (command: string, { name }: Store, ...args: readonly string[]): Promise<Ended> =>
    attempt(
      process.execPath,
      [program, command, 'stores', '--environment', environment, '--component', name, ...args],
      { cwd: project.folder, env: { KUBECONFIG: kubeconfig } },
    );
  const notes = async (store: Store) => notesOf(await inside(store, store.read));
  const backups = async (store: Store) =>
    (await catamaran('restore', store, '--list')).stdout
      .split('\n')
      .filter((line) => /^\d{8}T\d{6}Z\./.test(line));
  /** For every store at the same time: what became of it, by its name. */
  const each = async <Found>(ask: (store: Store) => Promise<Found>): Promise<Record<string, Found>> =>
    Object.fromEntries(
      await Promise.all(kinds.map(async (store) => [store.name, await ask(store)] as const)),
    );
  const everywhere = <Found>(found: Found) => Object.fromEntries(kinds.map(({ name }) => [name, found]));

  test('are made at once when asked for, and the newest stays', async () => {
    const made = await each(async (store) => {
      let newest = '';
      for (const note of ['one', 'two']) {
        await inside(store, store.add(note));
        const { code, stdout, stderr } = await catamaran('backup', store);
        expect({ store: store.name, code, stderr }).toEqual({ store: store.name, code: 0, stderr });
        newest = /backup: (\S+) has [1-9]\d* bytes/.exec(stdout)?.[1] ?? stdout;
      }
      return [newest, await backups(store)] as const;
    });
    for (const [newest, listed] of Object.values(made)) expect(listed).toEqual([newest]);
  });

  test('are put over data where that is said alone', async () => {
    const told = await each(async (store) => {
      await inside(store, store.add('unsaved'));
      const { code, stdout, stderr } = await catamaran('restore', store);
      return { code, told: (stdout + stderr).includes('there are data'), notes: await notes(store) };
    });
    expect(told).toEqual(everywhere({ code: 1, told: true, notes: ['one', 'two', 'unsaved'] }));
    expect(await each(async (store) => (await catamaran('restore', store, '--yes')).code)).toEqual(
      everywhere(0),
    );
    expect(await each(notes)).toEqual(everywhere(['one', 'two']));
  });

  test('outlive the volume of the data, which they bring back', async () => {
    await lose();
    expect(await each(async (store) => (await catamaran('restore', store)).code)).toEqual(everywhere(0));
    expect(await each(notes)).toEqual(everywhere(['one', 'two']));
  });
}
