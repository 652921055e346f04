import type { Platform } from '../../constructs/model/image';
import { isLabelKey, isLabelValue } from '../../constructs/model/name';
import { oneLine } from '../../constructs/model/program';
import { sortedEntries } from '../../constructs/model/sorted';
import type { StopSignal } from '../../constructs/model/process';
import type { Workload } from '../../constructs/model/workload';
import type { LimitCheck } from '../../constructs/target/lowering';
import type { Fragment } from './context';
import { escape } from './expansion';
import stop from './stop-signal.sh';

/** The folder of the program. */
export function lowerWorkingDirectory(workingDir: string) {
  return workingDir === '' ? {} : ({ container: { workingDir } } satisfies Fragment);
}

/** The terminal of the program. */
export function lowerTerminal(terminal: Workload['terminal']) {
  return terminal === 'none' ? {} : ({ container: { tty: true } } satisfies Fragment);
}

/** The standard input of the program. */
export function lowerStdin(stdin: Workload['stdin']) {
  return stdin === 'closed' ? {} : ({ container: { stdin: true } } satisfies Fragment);
}

/** The process of the pod itself comes first, and ends what the program leaves behind. */
export function lowerInit(init: Workload['init']) {
  return init === 'program' ? {} : ({ pod: { shareProcessNamespace: true } } satisfies Fragment);
}

/**
 * The command of a pod that sends a signal to the program, after a time in which it still answers. It runs until the
 * program has ended: after it, the kubelet sends the signal of the image.
 */
export function stopCommand(signal: StopSignal, drain: number): string[] {
  return ['sh', '-c', oneLine(stop), 'stop', String(drain), signal.replace('SIG', '')].map(escape);
}

/** No shell can send the signal, or the first process of the container, which gets it, is not the program. */
export function signalsAnother(signal: Workload['stopSignal'], { init, shell }: Workload): LimitCheck {
  if (signal === 'image' || (init === 'program' && shell.kind === 'own')) return { kind: 'within' };
  if (shell.kind === 'none')
    return { kind: 'beyond', got: signal, fix: 'STOPSIGNAL in the Dockerfile, and no stopSignal' };
  return { kind: 'beyond', got: signal, fix: 'no init, or STOPSIGNAL in the Dockerfile and no stopSignal' };
}

/** The processor of the nodes that can run a platform. Nodes do not tell the version of an Arm processor. */
export function archOf(platform: Platform): string {
  return platform.split('/')[1] ?? platform;
}

/** The labels that Kubernetes takes. The table refuses the others. */
export function labelsOf({ labels }: Workload): Record<string, string> {
  return Object.fromEntries(sortedEntries(labels).filter(([key, text]) => isLabelKey(key) && isValue(text)));
}

/** The annotations that Kubernetes takes. The table refuses the others. */
export function annotationsOf({ annotations }: Workload): Record<string, string> {
  return Object.fromEntries(sortedEntries(annotations).filter(([key]) => isLabelKey(key)));
}

/** A label that Kubernetes refuses. */
export function unfitLabel(labels: Workload['labels']): LimitCheck {
  const unfit = sortedEntries(labels).find(([key, text]) => !isLabelKey(key) || !isValue(text));
  if (unfit === undefined) return { kind: 'within' };
  const [key, got] = unfit;
  if (!isLabelKey(key)) return unfitKey(key);
  const fix = `annotations: { '${key}': … } instead, which may have any text`;
  return { kind: 'beyond', field: `labels ${key}`, got, fix };
}

function isValue(text: string): boolean {
  return text === '' || isLabelValue(text);
}

/** An annotation whose key Kubernetes refuses. */
export function unfitAnnotation(annotations: Workload['annotations']): LimitCheck {
  const key = Object.keys(annotations).find((name) => !isLabelKey(name));
  return key === undefined ? { kind: 'within' } : unfitKey(key);
}

function unfitKey(key: string): LimitCheck {
  return {
    kind: 'beyond',
    field: 'key',
    got: key,
    fix: 'it as a label in an override of the Docker environments, dockerContainer(…) with engine.labels',
  };
}
