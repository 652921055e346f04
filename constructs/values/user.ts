import type { User } from '../model/workload';

/** Numeric user and group of a program. */
export interface UserProps {
  /** Never 0. */
  readonly uid: number;
  readonly gid: number;
  /**
   * `any` where the image runs as any user: Kubernetes then adds 10000 to ids below, which no user of a node has.
   * `named` where the user also needs a name, which Kubernetes then gives. @default image: it runs as this user alone
   */
  readonly binding?: User['binding'];
}

/** The user of an image that runs as any: its own, where nothing speaks for another. */
export function anyUser(uid: number, gid: number): User {
  return { uid, gid, binding: 'any' };
}

/** Chooses what the props of a component leave open. */
export function toUser({ uid, gid, binding }: UserProps = { uid: 10001, gid: 10001 }): User {
  return { uid, gid, binding: binding ?? 'image' };
}
