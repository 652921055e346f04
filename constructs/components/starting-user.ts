import { rootUser } from '../model/user';
import type { User } from '../model/workload';
import type { Problem } from '../shape/kind';
import { toUser } from '../values/user';
import type { ContainerProps } from './container-props';

/** The user as which a program starts. Reports an issue if the component asks for a user and for root. */
export function startingUser(
  { user, runsAsRoot }: Pick<ContainerProps, 'user' | 'runsAsRoot'>,
  report: (issue: Problem) => void,
): User {
  if (!runsAsRoot) return toUser(user);
  if (user) {
    const write = 'user without runsAsRoot, or runsAsRoot without user';
    const sentence = `user is beside runsAsRoot, but a program starts either as a user or as root: write ${write}`;
    report({ field: 'user', got: user, write, sentence });
  }
  return rootUser;
}
