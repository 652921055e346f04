import { kubectl, list, podsOf, sweepNamespace, tryKubectl, type Pod } from '../support/cluster';
import { answering } from '../support/http';
import { OwnProject } from '../support/own-project';
import { PulumiStack } from '../support/pulumi';
import { onClusterWithPulumi } from '../support/requirements';
import { until } from '../support/run';

const namespace = 'converge-e2e';
const url = 'http://127.0.0.1:30052/';
const inNamespace = (...args: readonly string[]) => kubectl(['--namespace', namespace, ...args]);

// An update is killed as a power cut would do it: Pulumi, its plugins and our program at once.
onClusterWithPulumi('updates of Kubernetes that are killed', () => {
  let project: OwnProject;
  let stack: PulumiStack;
  /** What a clean update makes. */
  let clean: string[];

  beforeAll(async () => {
    await sweepNamespace(namespace);
    project = new OwnProject('converge');
    stack = new PulumiStack(project, 'converge-staging');
    await stack.init();
    await stack.up();
    clean = await everything();
  });

  afterAll(async () => {
    await sweepNamespace(namespace);
    project.remove();
  });

  const converges = async (): Promise<void> => {
    await stack.up('--refresh');
    await until('the objects of a clean update, and no others', 60, async () =>
      JSON.stringify(await everything()) === JSON.stringify(clean) ? true : undefined,
    ).catch(async () => {
      expect(await everything()).toEqual(clean);
    });
    await stack.preview('--expect-no-changes', '--refresh');
    await answering(url);
  };

  test('a clean one makes each object once', () => {
    const named = /^(deployment|statefulset|job|pod|secret|namespace|priorityclass)/;
    const controllers = clean.filter((one) => named.test(one));
    expect(controllers).toEqual([
      'deployment.apps/api',
      'deployment.apps/web',
      'job.batch/migration-hash',
      'namespace/converge-e2e',
      'pod/api',
      'pod/api',
      'pod/database-0',
      'pod/migration-hash',
      'pod/web',
      'poddisruptionbudget.policy/api',
      'poddisruptionbudget.policy/database',
      'poddisruptionbudget.policy/web',
      'priorityclass.scheduling.k8s.io/converge-e2e',
      'secret/converge-secrets',
      'statefulset.apps/database',
    ]);
  });

  test('in a rollout, while old and new pods run', async () => {
    project.edit("GREETING: 'Hello'", "GREETING: 'Ahoy'");
    const hashes = async () =>
      new Set((await podsOf(namespace, 'api')).map(({ metadata }) => metadata.labels['pod-template-hash']));
    await stack.killed('up', async () => (await hashes()).size === 2);
    await converges();
    expect(await inNamespace('exec', 'deployment/api', '--', 'printenv', 'GREETING')).toBe('Ahoy\n');
  });

  test('while all is destroyed, when what is published is gone', async () => {
    await stack.killed('destroy', async () => !(await isThere('deployment/web')));
    process.stdout.write(`    left of ${clean.length} objects: ${(await everything()).length}\n`);
    // A refresh sees a namespace until it is gone, and nothing can be made in one that goes.
    const phase = ['get', 'namespaces', '--field-selector', `metadata.name=${namespace}`];
    await until('a namespace that stays or is gone', 120, async () => {
      const seen = await kubectl([...phase, '--output', 'jsonpath={.items[*].status.phase}']);
      return seen === 'Terminating' ? undefined : true;
    });
    await converges();
  });

  test('one after the other: at the namespace, while the database starts, while the migration runs', async () => {
    await stack.destroy();
    expect(await isThere('namespace', namespace)).toBe(false);
    await stack.killed('up', () => isThere('namespace', namespace));
    await stack.killed('up', async () => (await pods('database')).some((one) => !one.endsWith(' true')));
    await stack.killed('up', async () => (await pods('migration')).includes('Running true'));
    await converges();
  });

  test('what somebody edited by hand is seen by a refresh, and as written after the next update', async () => {
    await inNamespace('scale', 'deployment/api', '--replicas=3');
    await inNamespace('set', 'image', 'deployment/web', 'web=postgres:17');
    await inNamespace('set', 'env', 'deployment/api', '--containers=api', 'GREETING=edited', 'DEBUG=yes');
    const seen = await stack.preview('--refresh', '--diff');
    expect(seen).toMatch(/deployments?:Deployment::Deployment\/api|Deployment\/api/);
    expect(seen).toMatch(/Deployment\/web/);
    for (const text of ['replicas', 'image', 'edited']) expect(seen).toContain(text);
    expect(stack.printed.at(-1)).toContain(
      'deployment/api was edited by hand: somebody added spec.template.spec.containers[api].env[DEBUG]. The next pulumi up removes these fields',
    );
    await converges();
    expect(await inNamespace('exec', 'deployment/api', '--', 'env')).not.toContain('DEBUG=');
    const specs = ['.spec.replicas', '.spec.template.spec.containers[0].image'].map((path) => `{${path}} `);
    expect(await inNamespace('get', 'deployment/api', '--output', `jsonpath=${specs.join('')}`)).toBe(
      '2 python:3.13-slim ',
    );
    expect(await inNamespace('exec', 'deployment/api', '--', 'printenv', 'GREETING')).toBe('Ahoy\n');
  });

  test('how many replicas an autoscaler chooses is nothing that an update says', async () => {
    await inNamespace('scale', 'deployment/web', '--replicas=3');
    await stack.up('--expect-no-changes', '--refresh');
    const args = ['get', 'deployment/web', '--output', 'json', '--show-managed-fields'];
    const { metadata } = JSON.parse(await inNamespace(...args)) as {
      metadata: { managedFields: { manager: string; fieldsV1: { 'f:spec'?: object } }[] };
    };
    const owners = metadata.managedFields.filter(
      ({ fieldsV1 }) => 'f:replicas' in (fieldsV1['f:spec'] ?? {}),
    );
    expect(metadata.managedFields.map(({ manager }) => manager)).toContain('catamaran');
    expect(owners.map(({ manager }) => manager)).not.toContain('catamaran');
  });

  test('no pod has a token of its account', async () => {
    const all = await list<Pod>(namespace, 'pods');
    const tokens = all.filter(({ spec }) => JSON.stringify(spec).includes('serviceAccountToken'));
    expect(tokens.map(({ metadata }) => metadata.name)).toEqual([]);
    expect(all.length).toBeGreaterThan(3);
  });

  test('destroy leaves nothing', async () => {
    await stack.destroy();
    for (const kind of ['namespace', 'priorityclass'])
      expect([kind, await isThere(kind, namespace)]).toEqual([kind, false]);
  });
});

async function isThere(...object: readonly string[]): Promise<boolean> {
  const args = ['--namespace', namespace, 'get', ...object, '--ignore-not-found', '--output', 'name'];
  return (await tryKubectl(args)).stdout !== '';
}

/** The pods of a component: their phase, and whether their container is ready. */
async function pods(component: string): Promise<string[]> {
  const path = '{range .items[*]}{.status.phase} {.status.containerStatuses[0].ready}{"\\n"}{end}';
  const selector = `app.kubernetes.io/component=${component}`;
  const { stdout } = await tryKubectl([
    ...['--namespace', namespace, 'get', 'pods', '--selector', selector, '--output', `jsonpath=${path}`],
  ]);
  return stdout.split('\n').filter((line) => line !== '');
}

/** All that the cluster has of the application, without what makes a name new, and without what is kept of the past. */
async function everything(): Promise<string[]> {
  const kinds = (await kubectl(['api-resources', '--namespaced', '--verbs=list', '--output', 'name'])).trim();
  const asked = kinds
    .split('\n')
    .filter((kind) => !/^(events|endpoints|leases|replicasets|controllerrevisions)/.test(kind));
  const names = await inNamespace(
    'get',
    asked.filter((kind) => !kind.includes('metrics')).join(),
    '--output',
    'name',
  );
  const shared = ['get', 'namespaces,priorityclasses', '--output', 'name'];
  const outside = await kubectl([...shared, '--selector', 'app.kubernetes.io/part-of=converge']);
  return (
    `${names}${outside}`
      .trim()
      .split('\n')
      .map((one) =>
        one
          .replace(/^(pod\/(?:api|web))-[a-z0-9]+-[a-z0-9]+$/, '$1')
          .replace(/-[0-9a-f]{8}(-[a-z0-9]{5})?$/, '-hash')
          .replace(/^(endpointslice\S*\/\w+)-[a-z0-9]{5}$/, '$1'),
      )
      .sort()
      // Its autoscaler says how many of these there are.
      .filter((one, index, all) => one !== 'pod/web' || all.indexOf(one) === index)
  );
}
