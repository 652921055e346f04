import { printedJson } from '../../constructs/target/run-error';
import type { Kubectl } from './kubectl';

/** Why a workload is not ready: the state of its newest pod that is not ready. */
export interface Unready {
  /** A sentence about the pod, its first container that is not ready, and the reason that the cluster gives. */
  readonly state: string;
  /** The end of the log of that container; undefined if no container is known. */
  readonly log: string | undefined;
}

interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly state: {
    readonly waiting?: Cause;
    readonly terminated?: { readonly exitCode: number };
  };
}

interface Cause {
  readonly reason?: string;
  readonly message?: string;
}

interface Pod {
  readonly metadata: { readonly name: string; readonly creationTimestamp: string };
  readonly status: {
    readonly conditions?: readonly (Cause & { readonly type: string; readonly status: string })[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

/** Finds the newest pod with these labels that is not ready; undefined if all are ready, or if the pods cannot be listed. */
export async function findUnready(
  labels: Readonly<Record<string, string>>,
  kubectl: Kubectl,
): Promise<Unready | undefined> {
  const selector = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  const listed = await kubectl('get', 'pods', '--output', 'json', '--selector', selector.join());
  if (listed.code !== 0) return undefined;
  const { items } = printedJson('kubectl get pods', listed.stdout) as { readonly items: readonly Pod[] };
  const [newest] = items
    .filter((pod) => !holds(pod, 'Ready'))
    .sort((left, right) => (left.metadata.creationTimestamp < right.metadata.creationTimestamp ? 1 : -1));
  return newest && (await describe(newest, kubectl));
}

/** The end of an error message: the state and the log. Empty if nothing is known. */
export function ending(unready: Unready | undefined): string {
  if (!unready) return '';
  const { state, log } = unready;
  return log === undefined ? `. ${state}` : `. ${state}. Its log ends with:\n${log}`;
}

async function describe(pod: Pod, kubectl: Kubectl): Promise<Unready> {
  const { name } = pod.metadata;
  const scheduled = pod.status.conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status === 'False')
    return { state: `Pod ${name} is not ready${because(scheduled)}`, log: undefined };
  const container = unreadyContainer(pod);
  if (!container) return { state: `Pod ${name} is not ready`, log: undefined };
  const state = `Container ${container.name} of pod ${name} is not ready${because(container.state.waiting)}`;
  return { state, log: await logOf(name, container.name, kubectl) };
}

function holds({ status }: Pod, condition: string): boolean {
  return status.conditions?.some(({ type, status: held }) => type === condition && held === 'True') ?? false;
}

/** Reason and message in parentheses, if there are any. */
export function because({ reason, message }: Cause = {}): string {
  const parts = [reason, message].filter((part) => part !== undefined);
  return parts.length === 0 ? '' : ` (${parts.join(': ')})`;
}

// The init containers run first. The other containers start only after all init containers have succeeded.
function unreadyContainer({ status }: Pod): ContainerStatus | undefined {
  const first = status.initContainerStatuses?.find(({ state }) => state.terminated?.exitCode !== 0);
  return first ?? status.containerStatuses?.find(({ ready }) => !ready);
}

// A container that was just restarted has an empty log: then the log of its previous run is read.
async function logOf(pod: string, container: string, kubectl: Kubectl): Promise<string> {
  const args = ['logs', pod, '--container', container, '--tail', '10'];
  const now = await kubectl(...args);
  if (now.stdout.trim() !== '') return now.stdout.trimEnd();
  const before = await kubectl(...args, '--previous');
  return (before.stdout.trim() === '' ? now.stderr : before.stdout).trimEnd();
}
