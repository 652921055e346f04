import type { Workload } from '../model/workload';
import type { ContainerProps } from './container-props';

/** How the process of a container starts and stops, and its labels and annotations, in the model. */
export function processOf(
  container: ContainerProps,
): Pick<
  Workload,
  'labels' | 'annotations' | 'workingDirectory' | 'terminal' | 'stdin' | 'init' | 'stopSignal' | 'platform'
> {
  return {
    labels: container.labels ?? {},
    annotations: container.annotations ?? {},
    workingDirectory: container.workingDirectory ?? '',
    terminal: container.tty === true ? 'tty' : 'none',
    stdin: container.stdin === true ? 'open' : 'closed',
    init: container.init === true ? 'reaper' : 'program',
    stopSignal: container.stopSignal ?? 'image',
    platform: container.platform ?? 'any',
  };
}
