import type { Cpu } from '../../model/units';
import type { ImageSource } from '../../values/image';
import type { NoPassword } from '../../values/no-password';
import type { Amount } from '../../values/sizing';

/** The props that a cache and a store of Redis have in common. */
export interface RedisProps {
  /** An image of Redis, Valkey or KeyDB. The modules of an image are loaded as its own start does. @default redis:7.4 */
  readonly image?: ImageSource;
  /** CPU request and limit. @default a request of 100 millicores and a limit of 500 */
  readonly cpu?: Amount<Cpu>;
  /**
   * Settings of the server, as its command line takes them. Those that the component sets itself are refused.
   * @default none
   * @example ['--notify-keyspace-events', 'Ex']
   */
  readonly args?: readonly string[];
  /**
   * That it asks for no password: whoever may connect to it, may read and change all data. Only components with a
   * reference to it may connect. It counts as the need `no-password`, which an environment can forbid.
   * @default it has a password
   * @example { reason: 'an image of others cannot send one' }
   */
  readonly noPassword?: NoPassword;
}
