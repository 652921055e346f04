import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { kubectl, tryKubectl } from '../support/cluster';
import { onCluster, repository } from '../support/requirements';

/** An object of a cluster, as far as is asked here. */
interface LiveObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly resourceVersion?: string;
    readonly generation?: number;
    readonly managedFields?: readonly { readonly manager: string; readonly time: string }[];
  };
  readonly spec?: { readonly replicas?: number; readonly scaleTargetRef?: { readonly name: string } };
  readonly status?: unknown;
}

const first = '00-application.yaml';

const dist = join(repository, 'dist');

/** The environments on clusters of every stack. */
const environments = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  .flatMap((file) => {
    const [application = '', environment = '', name] = file.split(sep);
    return name === first ? [[application, environment] as const] : [];
  })
  .sort();

// Every kind that the stacks use is there. What Argo CD and Flux are told is in folders of their own, and of
// schemas that are not; see delivery.test.ts.
onCluster('what is written for a cluster, applied again', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'catamaran-again-'));
  });

  afterAll(async () => {
    const names = environments.map(([application, environment]) => namespaceOf(application, environment));
    await kubectl(['delete', 'priorityclass', '--ignore-not-found', ...names]);
    await kubectl(['delete', 'namespace', '--ignore-not-found', ...names], { timeout: 180 });
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(environments)(
    '%s, %s: admitted without a warning, and the same',
    async (application, environment) => {
      const namespace = namespaceOf(application, environment);
      const files = copied(folder, application, environment);
      const admitted = await apply(join(files, first));
      expect(admitted).toMatchObject({ code: 0, stderr: '' });
      // The objects are what counts here: no pod is made of them.
      await kubectl(['--namespace', namespace, 'create', 'quota', 'none', '--hard=pods=0']);
      expect(await apply(files)).toMatchObject({ code: 0, stderr: '' });
      const before = await live(files);

      const { code, stdout, stderr } = await apply(files);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      // kubectl sends the selector of these each time, as their API says to replace it; nothing comes of it.
      const changed = stdout
        .trim()
        .split('\n')
        .filter((line) => !line.endsWith(' unchanged'));
      expect(changed.filter((line) => !/^poddisruptionbudget\.policy\/\S+ configured$/.test(line))).toEqual(
        [],
      );
      expect(await live(files)).toEqual(before);
      expect(await tryKubectl(['diff', '--filename', files])).toEqual({ code: 0, stdout: '', stderr: '' });
      expect(withToken(before)).toEqual([]);
    },
  );

  test('how many replicas an autoscaler has chosen stays as it is', async () => {
    const namespace = namespaceOf('eq-backend', 'staging');
    const files = join(folder, namespace);
    await kubectl(['--namespace', namespace, 'scale', 'deployment/backend', '--replicas=4']);
    const replicas = [
      '--namespace',
      namespace,
      'get',
      'deployment/backend',
      '--output',
      'jsonpath={.spec.replicas}',
    ];
    await apply(files);
    expect(await kubectl(replicas)).toBe('4');
    const { code, stderr } = await tryKubectl(['apply', '--server-side', '--filename', files]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await kubectl(replicas)).toBe('4');
  });
});

function namespaceOf(application: string, environment: string): string {
  return `again-${application}-${environment}`;
}

/** The files of an environment for a namespace of the test, at ports that nobody else asks for. */
function copied(folder: string, application: string, environment: string): string {
  const source = join(dist, application, environment);
  const namespace = namespaceOf(application, environment);
  const own =
    /kind: Namespace[^]*?\n {2}name: (\S+)/.exec(readFileSync(join(source, first), 'utf8'))?.[1] ?? '';
  const target = join(folder, namespace);
  mkdirSync(target);
  for (const file of readdirSync(source).filter((name) => name.endsWith('.yaml'))) {
    const named = new RegExp(`^(\\s*(?:namespace|name|priorityClassName): )${own}$`, 'gm');
    const text = readFileSync(join(source, file), 'utf8');
    writeFileSync(
      join(target, file),
      text.replaceAll(named, `$1${namespace}`).replaceAll(/^\s+nodePort: \d+\n/gm, ''),
    );
  }
  return target;
}

function apply(files: string) {
  return tryKubectl(['apply', '--filename', files]);
}

/** The objects of some files, without what controllers and autoscalers say of them, and when kubectl changed each. */
async function live(files: string): Promise<unknown[]> {
  const args = ['get', '--filename', files, '--show-managed-fields', '--output', 'json'];
  const { items } = JSON.parse(await kubectl(args)) as { items: LiveObject[] };
  const scaled = items.map(({ spec }) => spec?.scaleTargetRef?.name);
  return items.map(({ status: _status, metadata, spec = {}, ...object }) => {
    const { resourceVersion: _version, generation: _generation, managedFields = [], ...rest } = metadata;
    const { replicas, ...own } = spec;
    const applied = managedFields.filter(({ manager }) => manager === 'kubectl-client-side-apply');
    return {
      ...object,
      metadata: rest,
      applied: applied.map(({ time }) => time),
      spec: { ...own, ...(!scaled.includes(metadata.name) && { replicas }) },
    };
  });
}

/** The parts of some objects that pods are made of and that would give them a token of their account. */
function withToken(part: unknown): unknown[] {
  if (typeof part !== 'object' || part === null) return [];
  const own =
    'containers' in part &&
    (part as { automountServiceAccountToken?: boolean }).automountServiceAccountToken !== false;
  return [...(own ? [part] : []), ...Object.values(part).flatMap(withToken)];
}
