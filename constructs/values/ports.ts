import type { Exposure, Port, Protocol } from '../model/network';
import { isMapping, isPlainMapping } from '../model/data';
import { sortedBy } from '../model/sorted';
import { optional, required, type Kind, type Problem, type Shape } from '../shape/kind';
import { recordOf } from '../shape/lists';
import { anyPort } from '../shape/numbers';
import { object } from '../shape/object';
import { oneOf } from '../shape/words';

/** The number of a port, and how the program listens on it. */
export interface PortOptions {
  /** The port that the program listens on. */
  readonly number: number;
  /** @default tcp */
  readonly protocol?: Protocol;
}

/** A port of a program: its number for TCP, or its number and protocol. */
export type PortSource = number | PortOptions;

/** The props for the ports of a program: `port`, `ports`, or both. */
export interface PortProps {
  /**
   * The TCP port that the program listens on, also as a user other than root. Its name is `http`.
   * @default none: `ports` is needed then
   */
  readonly port?: number;
  /**
   * The ports that the program listens on, by name; with `port`, those beside it. A name has at most 15 lower-case letters,
   * digits and -. The main port is `port`, or else the first of these: `url`, routes and health checks use it. Other
   * components reach each port by itself, such as `api.at('metrics').url`. @default none
   * @example { http: 8000, metrics: 9100, dns: { number: 53, protocol: 'udp' } }
   */
  readonly ports?: Readonly<Record<string, PortSource>>;
  /**
   * The port at which visitors from outside reach the main port, or such ports by the names of `ports`.
   * @default not published
   * @example 8080
   * @example { admin: 9000, dns: 53 }
   */
  readonly publish?: number | Readonly<Record<string, number>>;
}

/** A port of a component, before it is known how it is published. */
export type ListedPort = Omit<Port, 'exposure'>;

const optionsShape: Shape<PortOptions> = { number: anyPort, protocol: optional(oneOf('tcp', 'udp')) };

const optionsKind = object(optionsShape, {
  title: 'a field of a port',
  write: "a number, such as 9100, or { number: 53, protocol: 'udp' }",
});

const portKind: Kind<PortSource> = {
  optional: false,
  check: (value, field, problems) => {
    const kind = typeof value === 'number' || typeof value === 'string' ? anyPort : optionsKind;
    kind.check(value, field, problems);
  },
};

const portsKind: Kind<Readonly<Record<string, PortSource>>> = {
  ...recordOf(portKind, 'an object, such as { http: 8000, metrics: 9100 }'),
  rightPart: (value) =>
    isPlainMapping(value)
      ? Object.fromEntries(Object.entries(value).filter(([, port]) => isRight(port)))
      : undefined,
};

function isRight(port: unknown): boolean {
  const problems: Problem[] = [];
  portKind.check(port, '', problems);
  return problems.length === 0;
}

const publishedByName = recordOf(anyPort, 'a port, such as 8080, or ports by name, such as { http: 8080 }');

const publishKind: Kind<NonNullable<PortProps['publish']>> = {
  optional: false,
  check: (value, field, problems) => {
    const kind = typeof value === 'number' || typeof value === 'string' ? anyPort : publishedByName;
    kind.check(value, field, problems);
  },
};

export const portsShape: Shape<PortProps> = {
  port: required(anyPort),
  ports: optional(portsKind),
  publish: optional(publishKind),
};

/** The shape for these props. It needs `port`; if only `ports` is given, it needs that instead. */
export function needingPorts<Props extends PortProps>(shape: Shape<Props>, props: unknown): Shape<Props> {
  const isByName = isMapping(props) && props['ports'] !== undefined && props['port'] === undefined;
  return isByName ? { ...shape, port: optional(anyPort), ports: required(portsKind) } : shape;
}

/** The ports of a component: the main one first, and the others by their names. */
export function listedPorts({ port, ports = {} }: PortProps): ListedPort[] {
  const named = Object.entries(ports).map(([name, source]): ListedPort =>
    typeof source === 'number'
      ? { name, number: source, protocol: 'tcp' }
      : { name, number: source.number, protocol: source.protocol ?? 'tcp' },
  );
  const main: ListedPort[] = port === undefined ? [] : [{ name: 'http', number: port, protocol: 'tcp' }];
  const [first, ...others] = [...main, ...named];
  if (!first) return [];
  return [first, ...sortedBy(others, ({ name }) => name)];
}

/** Whether a setting publishes ports by their names, and not the main port. */
export function isByName<Published extends Exposure>(
  expose: Published | Readonly<Record<string, Published>>,
): expose is Readonly<Record<string, Published>> {
  return typeof expose.kind !== 'string';
}
