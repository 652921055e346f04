import type { Kubectl } from './kubectl';

/** Why a workload is not ready: the newest of its pods that is not. */
export interface LastWords {
  /** The pod, the container that it waits for, and what the cluster says of it. */
  readonly state: string;
  /** The end of what that container printed; undefined where none has started. */
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

/** Asks for the pods with some labels; undefined where all are ready, or none can be listed. */
export async function lastWords(
  labels: Readonly<Record<string, string>>,
  kubectl: Kubectl,
): Promise<LastWords | undefined> {
  const selector = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  const listed = await kubectl('get', 'pods', '--output', 'json', '--selector', selector.join());
  if (listed.code !== 0) return undefined;
  const { items } = JSON.parse(listed.stdout) as { readonly items: readonly Pod[] };
  const [newest] = items
    .filter((pod) => !holds(pod, 'Ready'))
    .sort((left, right) => (left.metadata.creationTimestamp < right.metadata.creationTimestamp ? 1 : -1));
  return newest && (await wordsOf(newest, kubectl));
}

/** As the end of a sentence. */
export function tell({ state, log }: LastWords): string {
  return log === undefined ? `; ${state}` : `; ${state}. It said:\n${log}`;
}

async function wordsOf(pod: Pod, kubectl: Kubectl): Promise<LastWords> {
  const { name } = pod.metadata;
  const scheduled = pod.status.conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status === 'False')
    return { state: `pod ${name} is not ready${because(scheduled)}`, log: undefined };
  const container = late(pod);
  if (!container) return { state: `pod ${name} is not ready`, log: undefined };
  const state = `${container.name} in pod ${name} is not ready${because(container.state.waiting)}`;
  return { state, log: await logOf(name, container.name, kubectl) };
}

function holds({ status }: Pod, condition: string): boolean {
  return status.conditions?.some(({ type, status: held }) => type === condition && held === 'True') ?? false;
}

function because({ reason, message }: Cause = {}): string {
  const parts = [reason, message].filter((part) => part !== undefined);
  return parts.length === 0 ? '' : ` (${parts.join(': ')})`;
}

// Those that come first end before the others start.
function late({ status }: Pod): ContainerStatus | undefined {
  const first = status.initContainerStatuses?.find(({ state }) => state.terminated?.exitCode !== 0);
  return first ?? status.containerStatuses?.find(({ ready }) => !ready);
}

// One that was just started again has said nothing yet, but the one before has.
async function logOf(pod: string, container: string, kubectl: Kubectl): Promise<string> {
  const args = ['logs', pod, '--container', container, '--tail', '10'];
  const now = await kubectl(...args);
  if (now.stdout.trim() !== '') return now.stdout.trimEnd();
  const before = await kubectl(...args, '--previous');
  return (before.stdout.trim() === '' ? now.stderr : before.stdout).trimEnd();
}
