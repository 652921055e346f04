import { IssuesError } from '../issue';
import type { Shape } from './kind';
import { checkFields } from './object';

/**
 * Checks the arguments of a function of this library.
 *
 * @param path the name of the function, such as `Image.build`
 * @param given the arguments by name
 * @throws IssuesError with everything that is wrong with them
 */
export function checkCall<Given extends object>(path: string, given: Given, shape: Shape<Given>): void {
  const { problems } = checkFields(given, shape, 'an argument');
  if (problems.length > 0) throw new IssuesError(problems.map((problem) => ({ path, ...problem })));
}
