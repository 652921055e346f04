import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { immutable } from '../../charts/updates/immutable';
import { kubectl, podOf, rolledOut, sweepNamespace, tryKubectl } from './support/cluster';
import { answering } from './support/http';
import { OwnProject } from './support/own-project';
import { kubeconfig, onCluster, repository } from './support/requirements';
import { attempt, run } from './support/run';

const namespace = 'updates-e2e';
const own = (...args: readonly string[]) => ['--namespace', namespace, ...args];
const url = 'http://127.0.0.1:30093';

/** A class of volumes that can grow, which the testbed has none of. */
const storageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: namespace },
  provisioner: 'catamaran/local',
  volumeBindingMode: 'WaitForFirstConsumer',
  allowVolumeExpansion: true,
};

onCluster('updates of what cannot be changed', () => {
  let project: OwnProject;
  let folder: string;

  beforeAll(async () => {
    await sweepNamespace(namespace);
    await kubectl(['delete', 'storageclass', namespace, '--ignore-not-found']);
    await kubectl(['apply', '--filename', '-'], { input: JSON.stringify(storageClass) });
    project = new OwnProject('updates');
    folder = await project.written('live');
    becomeOld(join(folder, 'pages.yaml'));
    await apply();
    await rolledOut(namespace);
    await kubectl(own('exec', 'pages-0', '--', 'sh', '-c', 'echo kept > /srv/pages/page'));
  });

  afterAll(async () => {
    await sweepNamespace(namespace);
    await kubectl(['delete', 'storageclass', namespace, '--ignore-not-found']);
    project.remove();
  });

  const apply = () => kubectl(['apply', '--filename', folder]);

  /** Writes the files again. Returns the commands of the steps that synth tells; none if it tells nothing. */
  async function steps(): Promise<string[]> {
    const command = [join(repository, 'lib/cli/main.js'), 'synth'];
    const { code, stderr } = await attempt(process.execPath, command, { cwd: project.folder });
    expect(code).toBe(0);
    return stderr.split('\n').flatMap((line) => (line.startsWith('      kubectl') ? [line.trim()] : []));
  }

  /** Runs the commands as a person would who copies them. */
  async function follow(commands: readonly string[]): Promise<void> {
    for (const command of commands)
      await run('sh', ['-c', command], { cwd: project.folder, env: { KUBECONFIG: kubeconfig } });
  }

  async function refusal(): Promise<string> {
    const { code, stderr } = await tryKubectl(['apply', '--filename', folder]);
    expect(code).not.toBe(0);
    return stderr;
  }

  const page = () => kubectl(own('exec', 'pages-0', '--', 'cat', '/srv/pages/page'));
  const forbidden = 'Forbidden: updates to statefulset spec for fields other than';

  test('what an older version of Catamaran has written: refused, and accepted with the steps', async () => {
    const commands = await steps();
    expect(await refusal()).toContain(forbidden);
    const { uid } = (await podOf(namespace, 'pages')).metadata;
    await follow(commands.slice(0, -1));
    expect((await podOf(namespace, 'pages')).metadata.uid).toBe(uid);
    await follow(commands.slice(-1));
    await rolledOut(namespace);
    expect(await page()).toBe('kept\n');
    expect(commands.map((command) => command.replace(/^kubectl( --namespace \S+)? /, ''))).toEqual([
      'delete statefulset pages --cascade=orphan',
      'apply --filename dist/updates/live',
      'delete pod pages-0',
    ]);
  });

  test('another owner: accepted as it is', async () => {
    project.edit("team: 'deck'", "team: 'fleet'");
    expect(await steps()).toEqual([]);
    await apply();
    await rolledOut(namespace);
    expect((await podOf(namespace, 'pages')).metadata.labels['owner']).toBe('fleet');
  });

  test('a route to a stateful backend, later: accepted as it is', async () => {
    project.edit('new Backend(', 'const pages = new Backend(');
    project.edit("Route.redirect('/', 'https://pages.example.com')", "Route.path('/', pages)");
    expect(await steps()).toEqual([]);
    await apply();
    await rolledOut(namespace);
    expect((await answering(`${url}/page`)).text).toBe('kept\n');
  });

  test('a claim that grows: refused, and accepted with the steps; its pod and its data stay', async () => {
    project.edit('Size.mebibytes(64)', 'Size.mebibytes(96)');
    const commands = await steps();
    expect(await refusal()).toContain(forbidden);
    const { uid } = (await podOf(namespace, 'pages')).metadata;
    await follow(commands);
    await rolledOut(namespace);
    expect((await podOf(namespace, 'pages')).metadata.uid).toBe(uid);
    const size = '{.spec.resources.requests.storage}';
    expect(await kubectl(own('get', 'pvc', 'data-pages-0', '--output', `jsonpath=${size}`))).toBe('96Mi');
    expect(await page()).toBe('kept\n');
    await apply();
  });

  test('a claim that shrinks: refused, and accepted with the steps, which say that they delete the data', async () => {
    project.edit('Size.mebibytes(96)', 'Size.mebibytes(32)');
    const commands = await steps();
    expect(await refusal()).toContain(forbidden);
    await follow(commands);
    await rolledOut(namespace);
    const size = '{.spec.resources.requests.storage}';
    expect(await kubectl(own('get', 'pvc', 'data-pages-0', '--output', `jsonpath=${size}`))).toBe('32Mi');
    await apply();
  });

  test('each field of the table of immutable fields: the API server refuses another value', async () => {
    await kubectl(['apply', '--filename', '-'], { input: JSON.stringify(samples) });
    const configMap = await kubectl(own('get', 'configmap', '--selector', 'owner=fleet', '--output', 'name'));
    const found: Record<string, string> = { ConfigMap: configMap.trim().split('\n')[0]?.split('/')[1] ?? '' };
    const accepted: string[] = [];
    for (const [kind, fields] of Object.entries(immutable))
      for (const { path } of fields) {
        const name = found[kind] ?? objects[kind] ?? '';
        const patch = ['--type', 'merge', '--dry-run=server', '--patch', patchOf(path)];
        const { code, stderr } = await tryKubectl(own('patch', kind.toLowerCase(), name, ...patch));
        if (code === 0 || !/immutable|forbidden|may not change/i.test(stderr))
          accepted.push(`${kind} ${path}: ${stderr}`);
      }
    expect(accepted).toEqual([]);
  });
});

/** Makes a file one of a version whose StatefulSet had the name of its own Service, and all labels in its claims. */
function becomeOld(path: string): void {
  const text = readFileSync(path, 'utf8');
  const old = text
    .replace('serviceName: pages-pods', 'serviceName: pages')
    .replace(/(name: data\n( +)labels:\n)/, '$1$2  owner: deck\n');
  if (old === text) throw new Error(`${path} has no StatefulSet`);
  writeFileSync(path, old);
}

const template = {
  spec: { restartPolicy: 'Never', containers: [{ name: 'one', image: 'python:3.13-slim' }] },
};

/** Objects of the kinds that the application has none of. */
const samples = {
  apiVersion: 'v1',
  kind: 'List',
  items: [
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'sample', namespace },
      spec: { suspend: true, template },
    },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'sample', namespace }, type: 'Opaque' },
  ],
};

/** The object to change of each kind. */
const objects: Readonly<Record<string, string>> = {
  StatefulSet: 'pages',
  Deployment: 'proxy',
  Job: 'sample',
  PersistentVolumeClaim: 'data-pages-0',
  PriorityClass: namespace,
  Service: 'pages-pods',
  Secret: 'sample',
};

/** Another value for each field, where a text is none. */
const values: Readonly<Record<string, unknown>> = {
  'spec.selector': { matchLabels: { other: 'label' } },
  'spec.podManagementPolicy': 'Parallel',
  'spec.volumeClaimTemplates': [],
  'spec.template': { spec: { terminationGracePeriodSeconds: 7 } },
  'spec.completionMode': 'Indexed',
  'spec.podFailurePolicy': {
    rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [1] } }],
  },
  'spec.accessModes': ['ReadWriteMany'],
  'spec.volumeMode': 'Block',
  'spec.clusterIP': '10.245.0.77',
  immutable: false,
  data: { other: 'text' },
  binaryData: { other: 'dGV4dA==' },
  value: 7,
  preemptionPolicy: 'Never',
  type: 'kubernetes.io/basic-auth',
};

function patchOf(path: string): string {
  const value = values[path] ?? 'other';
  return JSON.stringify(path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value));
}
