import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubeconfig, testbed } from './requirements';
import { attempt, pause, run, type Ended, type RunOptions } from './run';

interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state: {
    readonly running?: { readonly startedAt: string };
    readonly terminated?: { readonly finishedAt: string };
  };
}

/** A pod, as far as tests ask. */
export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly volumes?: readonly { readonly name: string; readonly projected?: unknown }[];
  };
  readonly status: {
    readonly phase: string;
    readonly podIP: string;
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

/** A run to completion, as far as tests ask. */
export interface Job {
  readonly metadata: { readonly name: string };
  readonly status: {
    readonly succeeded?: number;
    readonly failed?: number;
    readonly completionTime?: string;
  };
}

/** Something that happened, as far as tests ask. */
export interface ClusterEvent {
  readonly reason: string;
  readonly message: string;
  readonly involvedObject: { readonly kind: string; readonly name: string };
}

/** Runs kubectl to its end, whatever that is. */
export function tryKubectl(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return attempt('kubectl', ['--kubeconfig', kubeconfig, ...args], options);
}

/**
 * What a server says that is too busy to answer, on a machine where every disk and processor is shared; and kubectl
 * of an object that is so new that it has no conditions yet.
 */
const busy =
  /etcdserver|TLS handshake timeout|connection refused|connection reset|unexpected EOF|i\/o timeout|conditions accessor error/;

/** Runs kubectl, which must succeed; again where the server was too busy to answer. */
export async function kubectl(args: readonly string[], options: RunOptions = {}): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const { code, stdout, stderr } = await tryKubectl(args, options);
    if (code === 0) return stdout;
    const failure = `kubectl ${args.join(' ')}: exit code ${code}\n${stderr}\n${stdout}`.trim();
    if (tries === 3 || !busy.test(stderr)) throw new Error(failure);
    process.stdout.write(`    once more: ${failure}\n`);
    await pause(3000);
  }
}

/** The objects of a kind in a namespace. */
export async function list<Item>(namespace: string, kind: string, ...args: string[]): Promise<Item[]> {
  const text = await kubectl(['--namespace', namespace, 'get', kind, '--output', 'json', ...args]);
  return (JSON.parse(text) as { items: Item[] }).items;
}

/** The pods of a component, or of all, that are not on their way out. */
export async function podsOf(namespace: string, component?: string): Promise<Pod[]> {
  const selector = component === undefined ? [] : ['--selector', `app.kubernetes.io/component=${component}`];
  const pods = await list<Pod>(namespace, 'pods', ...selector);
  return pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

/** The first pod of a component. */
export async function podOf(namespace: string, component: string): Promise<Pod> {
  const [first] = await podsOf(namespace, component);
  if (!first) throw new Error(`${namespace} has no pod of ${component}`);
  return first;
}

/** The pods that are there, by component: their identities. */
export async function uidsByComponent(namespace: string): Promise<Record<string, string[]>> {
  const uids: Record<string, string[]> = {};
  for (const { metadata } of await podsOf(namespace))
    (uids[metadata.labels['app.kubernetes.io/component'] ?? ''] ??= []).push(metadata.uid);
  for (const list of Object.values(uids)) list.sort();
  return uids;
}

/** The component that a pod belongs to. */
export function podComponent({ metadata }: Pick<Pod, 'metadata'>): string {
  return metadata.labels['app.kubernetes.io/component'] ?? '';
}

/** Makes a namespace that enforces Pod Security, as an administrator would. */
export async function makeNamespace(
  name: string,
  level: 'restricted' | 'baseline' = 'restricted',
): Promise<void> {
  const labels = { 'pod-security.kubernetes.io/enforce': level };
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
  await kubectl(['apply', '--filename', '-'], { input });
}

/** Removes a namespace, its data and its priority class included, and waits until it is gone. */
export async function sweepNamespace(name: string): Promise<void> {
  await kubectl(['delete', 'priorityclass', name, '--ignore-not-found']);
  await kubectl(['delete', 'namespace', name, '--ignore-not-found', '--wait'], { timeout: 180 });
}

/** Waits until every controller has all its pods, and every Job has succeeded. */
export async function rolledOut(namespace: string, seconds = 180): Promise<void> {
  const controllers = await kubectl([
    ...['--namespace', namespace, 'get', 'statefulsets,deployments', '--output', 'name'],
  ]);
  for (const controller of controllers.trim().split('\n'))
    await kubectl(['--namespace', namespace, 'rollout', 'status', controller, `--timeout=${seconds}s`]);
  for (const { metadata } of await list<Job>(namespace, 'jobs'))
    await kubectl([
      ...['--namespace', namespace, 'wait', `job/${metadata.name}`],
      ...['--for=condition=Complete', `--timeout=${seconds}s`],
    ]);
}

/** Whether the registry that stands in for every other has an image for the cluster. */
export async function clusterHas(image: string): Promise<boolean> {
  const [name = '', tag = 'latest'] = image.split(/:(?=[^/]*$)/);
  const parts = name.split('/');
  const path =
    parts.length === 1 ? `library/${name}` : parts.slice(parts[0]?.includes('.') ? 1 : 0).join('/');
  const accept = 'application/vnd.docker.distribution.manifest.v2+json';
  const answer = await fetch(`http://127.0.0.1:35000/v2/${path}/manifests/${tag}`, {
    headers: { accept },
  }).catch(() => undefined);
  return answer?.status === 200;
}

/** One load after another: two of the same image at once take the copy that is pushed away from each other. */
const loading = join(tmpdir(), 'catamaran-e2e-load.lock');

/** Brings images to the cluster that are not there. */
export async function giveToCluster(images: readonly string[]): Promise<void> {
  for (const image of images)
    if (!(await clusterHas(image)))
      await run('flock', [loading, join(testbed, 'cluster'), 'load', image], { timeout: 600 });
}
