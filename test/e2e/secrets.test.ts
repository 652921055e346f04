import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { seen } from '../support/leaks';
import {
  giveToCluster,
  kubectl,
  list,
  podOf,
  sweepNamespace,
  tryKubectl,
  uidsByComponent,
} from './support/cluster';
import { containerOf, containersOf, docker, idsByComponent, sweep } from './support/engine';
import { fromEveryContainer, hostileEyesOnEngine, type OnEngine } from './support/eyes';
import { fromEveryPod, hostileEyesInCluster } from './support/eyes-cluster';
import { OwnProject } from './support/own-project';
import { PulumiStack } from './support/pulumi';
import { onCluster, onClusterWithPulumi, onEngine, onEngineWithPulumi } from './support/requirements';
import { run, until } from './support/run';

/** Two values with all that URLs and base64 write in another way. */
const keys = ['planted/1 ?&=%é-0123456789', 'planted/2 ?&=%é-9876543210'] as const;
const tokens = ['planted-token-0123456789', 'planted-token-9876543210'] as const;

/** Those of some values that a text has, however they are written. */
const seenIn = (text: string, values: readonly string[]) =>
  seen([['', text]], Object.fromEntries(values.entries()));

let own: OwnProject;

beforeAll(() => {
  own = new OwnProject('rotation');
});

afterAll(() => {
  own.remove();
});

const secretsFile = () => own.source('.env');

function supply(key: string, token?: string): void {
  writeFileSync(secretsFile(), `API_KEY='${key}'\n${token === undefined ? '' : `TOKEN=${token}\n`}`);
}

/** Writes the program of the stack, in which one has a reference to another, or has none any more. */
function program(reference: 'there' | 'removed'): void {
  const source = readFileSync(resolve(__dirname, 'rotation', 'index.ts'), 'utf8');
  const without = source.replace('FILE_URL: file.url', '');
  expect(without).not.toBe(source);
  writeFileSync(own.source('index.ts'), reference === 'there' ? source : without);
}

/** Everything that synth has written. */
function writtenText(): string {
  const files = readdirSync(own.path('dist'), { recursive: true, withFileTypes: true });
  const texts = files.flatMap((file) =>
    file.isFile() ? [readFileSync(join(file.parentPath, file.name), 'utf8')] : [],
  );
  return texts.join('\n');
}

/** The components that have other containers or pods than before. */
function replaced(before: Record<string, string[]>, after: Record<string, string[]>): string[] {
  const all = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return all.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

async function inContainer(project: string, component: string, script: string): Promise<string> {
  const { Id } = await containerOf(project, component);
  return docker('exec', Id, 'sh', '-c', script);
}

onEngine('a secret with another value, written for Docker', () => {
  const project = 'rotation-written';
  const up = () => {
    const file = own.path('dist/rotation/written/compose.yaml');
    const args = [
      '--env-file',
      secretsFile(),
      '--file',
      file,
      'up',
      '--detach',
      '--wait',
      '--remove-orphans',
    ];
    return run('docker', ['compose', ...args]);
  };

  beforeAll(async () => {
    await sweep(project);
    supply(keys[0], tokens[0]);
    program('there');
    await own.written('written');
    await up();
  });

  afterAll(() => sweep(project));

  const onIt = (): OnEngine => ({
    ...{ folder: own.folder, application: 'rotation', environment: 'written' },
    ...{ project, by: 'compose' },
  });
  hostileEyesOnEngine(onIt);

  test('as a file is there for its reader alone, and shows nowhere', async () => {
    expect(await inContainer(project, 'file', 'cat "$API_KEY_FILE"')).toBe(keys[0]);
    expect(seenIn(JSON.stringify(await containersOf(project)), keys)).toEqual([]);
    expect(seenIn(writtenText(), [...keys, ...tokens])).toEqual([]);
  });

  test('makes the reader of the file new, and nobody else', async () => {
    const before = await idsByComponent(project);
    supply(keys[1], tokens[0]);
    await up();
    expect(replaced(before, await idsByComponent(project))).toEqual(['file']);
    expect(await inContainer(project, 'file', 'cat "$API_KEY_FILE"')).toBe(keys[1]);
  });

  test('makes the reader of the variable new, and nobody else', async () => {
    const before = await idsByComponent(project);
    supply(keys[1], tokens[1]);
    await up();
    expect(replaced(before, await idsByComponent(project))).toEqual(['variable']);
    expect(await inContainer(project, 'variable', 'printenv TOKEN')).toBe(`${tokens[1]}\n`);
  });

  test('is not seen where nothing has changed', async () => {
    const before = await idsByComponent(project);
    await up();
    expect(await idsByComponent(project)).toEqual(before);
  });

  fromEveryContainer('a reference that is removed closes the connection at the next up', onIt, async () => {
    program('removed');
    await own.written('written');
    await up();
  });
});

onEngineWithPulumi('a secret with another value, applied to Docker', () => {
  const project = 'rotation-applied';
  let stack: PulumiStack;
  let made: string;

  beforeAll(async () => {
    await sweep(project);
    supply(keys[0]);
    program('there');
    stack = new PulumiStack(own, project);
    await stack.init();
    await stack.up();
    made = (await inContainer(project, 'variable', 'printenv TOKEN')).trim();
  });

  afterAll(() => sweep(project));

  const onIt = (): OnEngine => ({
    ...{ folder: own.folder, application: 'rotation', environment: 'applied' },
    ...{ project, by: 'Pulumi' },
  });
  hostileEyesOnEngine(onIt);

  test('replaces the reader of the file, and nobody else; what was generated stays', async () => {
    expect(made).toMatch(/^[0-9a-f]{48}$/);
    const before = await idsByComponent(project);
    supply(keys[1]);
    await stack.up();
    // The container that brings the file is of another value as well.
    expect(replaced(before, await idsByComponent(project))).toEqual(
      expect.arrayContaining(['file']) as string[],
    );
    const after = await idsByComponent(project);
    for (const name of ['variable', 'none'])
      expect({ name, ids: after[name] }).toEqual({ name, ids: before[name] });
    expect(await inContainer(project, 'file', 'cat "$API_KEY_FILE"')).toBe(keys[1]);
    expect((await inContainer(project, 'variable', 'printenv TOKEN')).trim()).toBe(made);
  });

  test('is made anew where Pulumi is asked to, and replaces its reader alone', async () => {
    const before = await idsByComponent(project);
    await stack.up('--replace', '**::TOKEN');
    expect(replaced(before, await idsByComponent(project))).toEqual(['variable']);
    const next = (await inContainer(project, 'variable', 'printenv TOKEN')).trim();
    expect(next).toMatch(/^[0-9a-f]{48}$/);
    expect(next).not.toBe(made);
    await stack.preview('--expect-no-changes');
  });

  test('is nowhere in the state', () => {
    const state = stack.stateText();
    expect(state).toContain(project);
    expect(seenIn(state, [...keys, made])).toEqual([]);
  });

  fromEveryContainer('a reference that is removed closes the connection at the next up', onIt, async () => {
    program('removed');
    await stack.up();
  });
});

onClusterWithPulumi('a secret with another value, applied to Kubernetes', () => {
  const namespace = 'rotation-e2e';
  let stack: PulumiStack;
  const inPod = async (component: string, script: string) => {
    const { metadata } = await podOf(namespace, component);
    return kubectl(['--namespace', namespace, 'exec', metadata.name, '--', 'sh', '-c', script]);
  };

  beforeAll(async () => {
    await sweepNamespace(namespace);
    await giveToCluster(['python:3.13-slim']);
    supply(keys[0]);
    program('there');
    stack = new PulumiStack(own, 'rotation-cluster');
    await stack.init();
    await stack.up();
  });

  afterAll(() => sweepNamespace(namespace));

  const inIt = () => ({ folder: own.folder, application: 'rotation', environment: 'cluster', namespace });
  hostileEyesInCluster(inIt);

  const settled = () =>
    until('one pod of each', 120, async () => {
      const pods = Object.values(await uidsByComponent(namespace));
      return pods.every(({ length }) => length === 1) ? true : undefined;
    });

  test('replaces the pods that read it, and no others', async () => {
    expect(await inPod('file', 'cat "$API_KEY_FILE"')).toBe(keys[0]);
    const token = await inPod('variable', 'printenv TOKEN');
    const before = await uidsByComponent(namespace);
    supply(keys[1]);
    await stack.up();
    await settled();
    expect(replaced(before, await uidsByComponent(namespace))).toEqual(['file']);
    expect(await inPod('file', 'cat "$API_KEY_FILE"')).toBe(keys[1]);
    expect(await inPod('variable', 'printenv TOKEN')).toBe(token);
  });

  test('is nowhere in the state, nor in any object but the Secret', async () => {
    const token = (await inPod('variable', 'printenv TOKEN')).trim();
    const objects = await list(namespace, 'deployments,pods,configmaps,replicasets');
    expect(seenIn(JSON.stringify(objects), [...keys, token])).toEqual([]);
    expect(seenIn(stack.stateText(), [...keys, token])).toEqual([]);
  });

  fromEveryPod('a reference that is removed closes the connection at the next up', inIt, async () => {
    program('removed');
    await stack.up();
    await settled();
  });
});

onCluster('what other controllers make a Secret of', () => {
  const namespace = 'rotation-schemas-e2e';
  const schemas = ['external-secrets', 'sealed-secrets'].map((name) =>
    resolve(__dirname, `../schemas/${name}.yaml`),
  );
  const files = schemas.flatMap((file) => ['--filename', file]);

  beforeAll(async () => {
    await sweepNamespace(namespace);
    await kubectl(['apply', '--server-side', ...files]);
    await kubectl(['wait', '--for=condition=Established', '--timeout=60s', ...files]);
    await kubectl(['create', 'namespace', namespace]);
  });

  afterAll(async () => {
    await kubectl(['delete', '--ignore-not-found', ...files]);
    await sweepNamespace(namespace);
  });

  for (const environment of ['external', 'sealed'])
    test(`is as its published schema says: ${environment}`, async () => {
      const folder = await own.written(environment);
      const { code, stdout, stderr } = await tryKubectl([
        ...['apply', '--dry-run=server', '--validate=strict'],
        ...['--filename', join(folder, '00-application.yaml')],
      ]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('unknown') as string });
      expect(stdout).toContain('/rotation-secrets created (server dry run)');
    });
});
