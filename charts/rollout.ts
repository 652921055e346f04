import * as pulumi from '@pulumi/pulumi';
import type { Kubectl } from './kubectl';
import type { ManifestOf } from './manifest';

/** What dependents of a Deployment wait for: that its release is out. */
export function rolledOut(
  deployment: ManifestOf<'Deployment'>,
  made: pulumi.CustomResource,
  kubectl: Kubectl,
): pulumi.Input<pulumi.Resource> {
  if (pulumi.runtime.isDryRun()) return made;
  return made.id.apply(async () => {
    await rollout(deployment, kubectl);
    return made;
  });
}

/**
 * Waits until the pods of a Deployment are those of this release. The provider knows no deadline, and says nothing of
 * what a pod that is not ready logged.
 * @throws {pulumi.RunError} at the deadline, with the last lines of a pod that is not ready
 */
export async function rollout(deployment: ManifestOf<'Deployment'>, kubectl: Kubectl): Promise<void> {
  const { name } = deployment.metadata;
  const { code, stderr } = await kubectl('rollout', 'status', `deployment/${name}`);
  if (code === 0) return;
  throw new pulumi.RunError(`${name}: ${stderr.trim()}${await lastWords(deployment, kubectl)}`);
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

/** Why the newest pod that is not ready is not, and the last lines of its log. */
async function lastWords({ spec }: ManifestOf<'Deployment'>, kubectl: Kubectl): Promise<string> {
  const selector = Object.entries(spec?.selector.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  const listed = await kubectl('get', 'pods', '--output', 'json', '--selector', selector.join());
  if (listed.code !== 0) return '';
  const { items } = JSON.parse(listed.stdout) as { readonly items: readonly Pod[] };
  const [newest] = items
    .filter((pod) => !holds(pod, 'Ready'))
    .sort((left, right) => (left.metadata.creationTimestamp < right.metadata.creationTimestamp ? 1 : -1));
  if (!newest) return '';
  const { name } = newest.metadata;
  const scheduled = newest.status.conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status === 'False') return `; pod ${name} is not ready${because(scheduled)}`;
  const container = late(newest);
  if (!container) return `; pod ${name} is not ready`;
  const log = await logOf(name, container.name, kubectl);
  return `; ${container.name} in pod ${name} is not ready${because(container.state.waiting)}. It said:\n${log}`;
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
