import { platforms, type Platform } from '../model/image';
import { stopSignals, type StopSignal } from '../model/process';
import { kindOf, optional, type Kind, type Shape } from '../shape/kind';
import { recordOf } from '../shape/lists';
import { flag, oneOf, quoted, text } from '../shape/words';

/** How a program is started and stopped, and what others read about it. */
export interface ProcessProps {
  /**
   * Labels of one's own: of the containers on Docker, and of the controller and its pods on Kubernetes. No selector has
   * them. Kubernetes takes only short values: write anything else, such as a rule of Traefik, into `annotations`.
   * @default none
   * @example { 'example.com/tier': 'web' }
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Annotations of one's own, with any text as the value: of the controller and its pods on Kubernetes. On Docker, which
   * has labels only, they become labels.
   * @default none
   * @example { 'prometheus.io/scrape': 'true' }
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /** The folder in which the program starts, as an absolute path. @default the image's WORKDIR @example '/srv/app' */
  readonly workingDirectory?: string;
  /** Whether the program has a terminal, for programs that colour or buffer their output by it. @default false */
  readonly tty?: boolean;
  /** Whether the standard input stays open, for programs that end when it is closed. @default false */
  readonly stdin?: boolean;
  /**
   * Whether another process comes before the program and ends what the program leaves behind: for programs that start
   * others and do not wait for them. @default false
   */
  readonly init?: boolean;
  /** The signal that asks the program to stop. @default the image's STOPSIGNAL, or else SIGTERM @example 'SIGINT' */
  readonly stopSignal?: StopSignal;
  /**
   * The operating system and processor that the image is for: the engine runs it as such, and a pod runs on such a node.
   * @default any that the image has @example 'linux/amd64'
   */
  readonly platform?: Platform;
}

const stopSignal: Kind<StopSignal> = kindOf((value) => {
  if (stopSignals.some((signal) => signal === value)) return undefined;
  if (value === 'SIGKILL' || value === 'KILL')
    return 'grace: Duration.seconds(1) instead: no program can do anything after SIGKILL';
  const name = typeof value === 'string' ? `SIG${value.toUpperCase().replace(/^SIG/, '')}` : '';
  const near = stopSignals.find((signal) => signal === name);
  return near === undefined ? `one of ${stopSignals.join(', ')}` : quoted(near);
});

export const processShape: Shape<ProcessProps> = {
  labels: optional(recordOf(text(), "an object, such as { 'example.com/tier': 'web' }")),
  annotations: optional(recordOf(text(), "an object, such as { 'prometheus.io/scrape': 'true' }")),
  workingDirectory: optional(text("an absolute path, such as '/srv/app'")),
  tty: optional(flag),
  stdin: optional(flag),
  init: optional(flag),
  stopSignal: optional(stopSignal),
  platform: optional(oneOf(...platforms)),
};
