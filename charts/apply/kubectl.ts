import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import type { Finished, Runner, RunOptions } from '../../constructs/target/runner';

/** Runs kubectl on one cluster, in one namespace. */
export type Kubectl = (...args: readonly string[]) => Promise<Finished>;

/** kubectl on the cluster and in the namespace of an environment. */
export function kubectlAt(
  { context, namespace }: Pick<KubernetesSpec, 'context' | 'namespace'>,
  run: Runner,
  options?: RunOptions,
): Kubectl {
  const place = [...(context === undefined ? [] : ['--context', context]), '--namespace', namespace];
  return (...args) => run('kubectl', [...place, ...args], options);
}
