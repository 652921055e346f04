import type { Kind, Shape } from '../shape/kind';
import { object } from '../shape/object';
import { nonEmptyText } from '../shape/words';

/**
 * That a store asks for no password.
 *
 * @example { reason: 'the data is public' }
 */
export interface NoPassword {
  /** Why the store needs no password. The report of a plan tells it. */
  readonly reason: string;
}

const noPasswordShape: Shape<NoPassword> = {
  reason: nonEmptyText('why the store needs no password'),
};

export const noPasswordKind: Kind<NoPassword> = object(noPasswordShape, {
  title: 'a field of noPassword',
  write: "{ reason: 'why the store needs no password' }",
});
