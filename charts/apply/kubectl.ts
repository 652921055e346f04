import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import type { Finished, Runner, RunOptions } from '../../constructs/target/runner';

/** Runs kubectl with the given arguments in one namespace of one cluster. */
export type Kubectl = (...args: readonly string[]) => Promise<Finished>;

/** Returns a function that runs kubectl in the cluster and namespace of an environment. */
export function kubectlAt(
  { context, namespace }: Pick<KubernetesSpec, 'context' | 'namespace'>,
  run: Runner,
  options?: RunOptions,
): Kubectl {
  const place = [...(context === undefined ? [] : ['--context', context]), '--namespace', namespace];
  return (...args) => run('kubectl', [...place, ...args], options);
}
