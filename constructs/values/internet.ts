import { isPlainMapping } from '../model/data';
import { everyAddress, type Connection, type Protocol } from '../model/network';
import { unique } from '../model/sorted';
import { optional, type Kind, type Shape } from '../shape/kind';
import { listOf } from '../shape/lists';
import { anyPort } from '../shape/numbers';
import { object } from '../shape/object';
import { oneOf } from '../shape/words';
import { addressBlocks } from './address-blocks';

/** A port of the internet: its number, or number and protocol. */
export type InternetPort =
  | number
  | {
      readonly number: number;
      /** How the server listens there. @default tcp */
      readonly protocol?: Protocol;
    };

/** What a component may connect to on the internet. */
export interface InternetAccess {
  /** The ports, with TCP if nothing else is said. @example [443, { number: 53, protocol: 'udp' }] */
  readonly ports: readonly InternetPort[];
  /**
   * More addresses at the same ports, as CIDR blocks: private ones, for example. @default only public addresses
   * @example ['10.1.0.0/16']
   */
  readonly addresses?: readonly string[];
}

const portObject = object<Exclude<InternetPort, number>>(
  { number: anyPort, protocol: optional(oneOf('tcp', 'udp')) },
  { title: 'a field of a port', write: "{ number: 53, protocol: 'udp' }" },
);

const portKind: Kind<InternetPort> = {
  optional: false,
  check: (value, field, problems) => {
    (isPlainMapping(value) ? portObject : anyPort).check(value, field, problems);
  },
};

const internetShape: Shape<InternetAccess> = {
  ports: listOf(portKind, (value) =>
    Number.isInteger(value)
      ? `[${String(value)}]`
      : "a list of ports, such as [443, { number: 53, protocol: 'udp' }]",
  ),
  addresses: optional(addressBlocks),
};

/** The way out to the internet. */
export const internetKind: Kind<InternetAccess> = object(internetShape, {
  title: 'a field of internet',
  write: '{ ports: [443] }',
});

/** The permissions to connect: one for each port. */
export function internetConnections({ ports, addresses = [] }: InternetAccess): Connection[] {
  const blocks = unique([...everyAddress, ...addresses]);
  return ports.map((port): Connection => {
    const { number, protocol = 'tcp' } = typeof port === 'number' ? { number: port } : port;
    return { kind: 'internet', port: number, protocol, addresses: blocks };
  });
}
