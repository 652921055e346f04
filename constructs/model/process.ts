/** The signals that can ask a program to stop. */
export const stopSignals = [
  'SIGTERM',
  'SIGINT',
  'SIGQUIT',
  'SIGHUP',
  'SIGUSR1',
  'SIGUSR2',
  'SIGWINCH',
] as const;

/** A signal that asks a program to stop. */
export type StopSignal = (typeof stopSignals)[number];

/** Whether the program has a terminal. */
export type Terminal = 'none' | 'tty';

/** Whether the standard input of the program stays open. */
export type StandardInput = 'closed' | 'open';

/** Who is the first process of the container: the program itself, or one that ends its orphaned processes. */
export type FirstProcess = 'program' | 'reaper';

/** Keys of labels and annotations that Catamaran, the engine, the cluster or their tools set themselves. */
const reservedKeys =
  /^(owner|email|catamaran\..*|app\.kubernetes\.io\/.*|com\.docker\.(compose|stack|swarm)\..*|pulumi\.com\/.*|pod-template-(hash|generation)|controller-revision-hash|controller-uid|job-name|(batch|statefulset|apps|deployment|kubectl)\.kubernetes\.io\/.*|argocd\.argoproj\.io\/(sync-wave|sync-options|hook|hook-delete-policy|tracking-id|instance)|kustomize\.toolkit\.fluxcd\.io\/.*)$/;

/** Whether a key of a label or an annotation is set by others than the stack. */
export function isReservedKey(key: string): boolean {
  return reservedKeys.test(key);
}
