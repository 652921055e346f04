import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import type { Platform } from '../../constructs/model/image';
import { isLabelKey, isLabelValue } from '../../constructs/model/name';
import { oneLine } from '../../constructs/model/program';
import { sortedEntries } from '../../constructs/model/sorted';
import type { StopSignal } from '../../constructs/model/process';
import type { Workload } from '../../constructs/model/workload';
import type { LimitCheck, Lowering } from '../../constructs/target/lowering';
import type { Context, Fragment } from './context';
import { escape } from './expansion';
import stop from './stop-signal.sh';

/** How Kubernetes takes labels. They are rendered with the controller and its pods. */
export const loweringOfLabels = {
  support: 'bounded',
  differences: [],
  limit: unfitLabel,
  reason: 'a label has at most 63 letters, digits and - . _, with a letter or a digit at both ends',
  lower: () => ({}),
} satisfies Lowering<Workload['labels'], Fragment, Context, KubernetesSpec>;

/** How Kubernetes takes annotations. They are rendered with the controller and its pods. */
export const loweringOfAnnotations = {
  support: 'bounded',
  differences: [],
  limit: unfitAnnotation,
  reason:
    'the key of an annotation has at most 63 letters, digits and - . _, perhaps after a DNS name and a /',
  lower: () => ({}),
} satisfies Lowering<Workload['annotations'], Fragment, Context, KubernetesSpec>;

/** How Kubernetes starts a first process that ends what the program leaves behind. */
export const loweringOfInit = {
  support: 'emulated',
  differences: [
    {
      when: (init) => init === 'reaper',
      note:
        'The first process of the pod ends what the program leaves behind. The containers of the pod see each other’s ' +
        'processes; a pod has one container here, besides those that run before it',
    },
  ],
  lower: lowerInit,
} satisfies Lowering<Workload['init'], Fragment, Context, KubernetesSpec>;

/** How Kubernetes sends another signal. It is rendered by `grace`, as part of the stop. */
export const loweringOfStopSignal = {
  support: 'bounded',
  differences: [
    {
      when: (signal) => signal !== 'image',
      note:
        'A command in the container sends the signal to the program, and waits for its end: the image needs sh. ' +
        'STOPSIGNAL in the Dockerfile needs none',
    },
  ],
  limit: signalsAnother,
  reason:
    'a shell in the container sends the signal, to the first process, and with init that is not the program',
  lower: () => ({}),
} satisfies Lowering<Workload['stopSignal'], Fragment, Context, KubernetesSpec>;

/** How Kubernetes finds nodes with a processor. It is rendered with the placement of the pods. */
export const loweringOfPlatform = {
  support: 'emulated',
  differences: [
    {
      when: (platform) => platform.startsWith('linux/arm/'),
      note: 'Nodes tell only that their processor is a 32-bit Arm, and not its version',
    },
  ],
  lower: () => ({}),
} satisfies Lowering<Workload['platform'], Fragment, Context, KubernetesSpec>;

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
function lowerInit(init: Workload['init']) {
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
function signalsAnother(signal: Workload['stopSignal'], { init, shell }: Workload): LimitCheck {
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
function unfitLabel(labels: Workload['labels']): LimitCheck {
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
function unfitAnnotation(annotations: Workload['annotations']): LimitCheck {
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
