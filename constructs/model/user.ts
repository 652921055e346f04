import type { User } from './workload';

/** The user of a component that states none: the image has no files of this user. */
export const unstatedUser: User = { uid: 10001, gid: 10001, binding: 'any' };

/** Root, for a workload with the privilege. */
export const rootUser: User = { uid: 0, gid: 0, binding: 'image' };
