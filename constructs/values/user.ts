import { unstatedUser } from '../model/user';
import type { User } from '../model/workload';
import { optional, type Kind, type Shape } from '../shape/kind';
import { object } from '../shape/object';
import { number, oneOf } from '../shape/words';

/**
 * The user and group that a program runs as.
 *
 * @example { uid: 1000, gid: 1000 }
 */
export interface UserProps {
  /** The numeric user id. It must not be 0, which is root: for that, the component has `runsAsRoot`. */
  readonly uid: number;
  /** The numeric group id. */
  readonly gid: number;
  /**
   * Which users the image can run as. `image`: this user only, because it owns files in the image. `any`: any user.
   * `named`: any user that has a name in /etc/passwd; Kubernetes adds the name. With `any` and `named`, Kubernetes adds
   * 10000 to ids up to 10000, so that no user of a node has the same id. A cluster with `userIds: 'assigned'` refuses
   * `image`.
   * @default image
   */
  readonly binding?: User['binding'];
}

const userShape: Shape<UserProps> = {
  uid: number('a numeric user id, such as 1000'),
  gid: number('a numeric group id, such as 1000'),
  binding: optional(oneOf('image', 'any', 'named')),
};

export const userKind: Kind<UserProps> = object(userShape, {
  title: 'a field of user',
  write: '{ uid: 1000, gid: 1000 }',
});

/** A user for an image that can run as any user. */
export function anyUser(uid: number, gid: number): User {
  return { uid, gid, binding: 'any' };
}

/** The user in the model; 10001:10001 if the component has no `user`, so that the image has no files of its user. */
export function toUser({ uid, gid, binding }: UserProps = unstatedUser): User {
  return { uid, gid, binding: binding ?? 'image' };
}
