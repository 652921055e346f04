import { Construct } from 'constructs';
import { Application } from './application';
import type { PlacedSettings, Setting } from '../environment/settings';
import type { Dependency, Workload } from '../model/workload';
import { requireObject, IssuesError, type Issue } from '../issue';
import type { Origin } from '../values/reference';

/** A part of an application: what a team would draw as one box. */
export abstract class Component extends Construct implements Origin {
  /** The name that other components and both targets know it by. */
  readonly name: string;
  readonly application: Application;

  constructor(scope: Construct, id: string) {
    expectPlace(scope, id);
    super(scope, freeId(scope, id));
    this.name = id;
    this.application = Application.of(this);
  }

  /** What this component is made of, in the targets' terms. */
  abstract toModel(): readonly Workload[];

  /** What has to happen before a component that needs this one starts. */
  dependency(): readonly Dependency[] {
    return [{ workload: this.name, until: 'ready' }];
  }

  /** What the environment says of this component. */
  get settings(): PlacedSettings {
    const { components } = this.application.environment;
    return (Object.hasOwn(components, this.name) ? components[this.name] : undefined) ?? {};
  }

  /** What an environment can say of this component; anything else would be lost, and is reported. */
  get acceptedSettings(): readonly Setting[] {
    return [];
  }

  /** The names of the secrets that any random text will do for. */
  get randomSecrets(): readonly string[] {
    return [];
  }

  /** Reports something that cannot work, together with all others at compile time. */
  protected report(issue: Omit<Issue, 'path'>): void {
    this.application.report({ path: `${this.application.name}/${this.name}`, ...issue });
  }
}

/**
 * The props of a component, for those who read them before there is a component.
 * @throws IssuesError where they are no object, or the component has no place or name
 */
export function requireProps<Props extends object>(
  scope: Construct,
  id: string,
  props: Props,
  write: string,
): Props {
  expectPlace(scope, id);
  return requireObject(props, pathOf(scope, id), write, 'props');
}

/** A component as issues name it, before there is one. */
export function pathOf({ node: { root } }: Construct, id: string): string {
  return root instanceof Application ? `${root.name}/${id}` : id;
}

function expectPlace(scope: unknown, id: unknown): void {
  const path = 'component';
  const like = "as new Backend(this, 'api', { … })";
  if (!Construct.isConstruct(scope))
    throw new IssuesError([{ path, field: 'scope', got: scope, write: `the application, ${like}` }]);
  if (typeof id !== 'string')
    throw new IssuesError([{ path, field: 'id', got: id, write: `its name, ${like}` }]);
}

// A taken id is reported with every other issue, where `constructs` would stop at once. It takes the name of
// anything that every object has, such as `constructor`, for taken.
function freeId(scope: Construct, id: string): string {
  let free = id === '' ? 'nameless' : id;
  for (let count = 2; free in {} || scope.node.tryFindChild(free) !== undefined; count++)
    free = `${id}#${count}`;
  return free;
}
