import type { CodePlace } from '../constructs/code-place';
import type { Issue } from '../constructs/issue';
import { groupedBy } from '../constructs/model/sorted';

/** Something that `check` has to say about one component, or about a whole application, in one environment. */
export interface Remark {
  /** The name of the policy. */
  readonly policy: string;
  /** The sentence. Remarks of a policy with the same sentence have the same cause. */
  readonly cause: string;
  readonly application: string;
  readonly environmentName: string;
  /** The path of the component or environment, such as `shop/api` or `shop (dev)`, and its line in the stack. */
  readonly issue: Pick<Issue, 'path' | 'place'>;
}

/** All remarks with one cause. */
export interface Cause {
  readonly policy: string;
  readonly cause: string;
  /** A line for each application and set of environments: `shop (staging, production): api, worker`. */
  readonly lines: readonly string[];
}

type Position = (place: CodePlace) => string | undefined;

/**
 * Groups remarks by their cause, so that the same mistake of several components or environments is shown once.
 * @param position the line of a component in the stack, such as `stacks/shop.ts:9:5`; undefined if it is not shown
 */
export function causesOf(remarks: readonly Remark[], position: Position = () => undefined): Cause[] {
  const groups = groupedBy(remarks, ({ policy, cause }) => JSON.stringify([policy, cause]));
  return [...groups.values()].map((group) => {
    const [{ policy, cause } = { policy: '', cause: '' }] = group;
    return { policy, cause, lines: linesOf(group, position) };
  });
}

function linesOf(remarks: readonly Remark[], position: Position): string[] {
  const components = groupedBy(remarks, ({ application, issue }) =>
    JSON.stringify([application, componentIn(issue.path)]),
  );
  const named = [...components.values()].flatMap((ofComponent) => {
    const [first] = ofComponent;
    if (!first) return [];
    const environments = [...new Set(ofComponent.map(({ environmentName }) => environmentName))].join(', ');
    const place = first.issue.place && position(first.issue.place);
    const name = [componentIn(first.issue.path), place && `(${place})`].filter(Boolean).join(' ');
    return [{ where: `${first.application} (${environments})`, name }];
  });
  return [...groupedBy(named, ({ where }) => where)].map(([where, some]) => {
    const names = some.map(({ name }) => name).filter((name) => name !== '');
    return names.length === 0 ? where : `${where}: ${names.join(', ')}`;
  });
}

/** The name of the component in a path; empty if it is the path of an environment. */
function componentIn(path: string): string {
  return path.includes('/') ? path.slice(path.indexOf('/') + 1) : '';
}
