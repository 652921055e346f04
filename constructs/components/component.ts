import { Construct } from 'constructs';
import { Application } from './application';
import { keepPlace } from '../code-place';
import type { PlacedSettings, Setting } from '../environment/settings';
import { componentPath } from '../model/path';
import type { Dependency, Workload } from '../model/workload';
import { IssuesError, type Issue } from '../issue';
import { isMapping } from '../model/data';
import type { Connection } from '../model/network';
import type { Shape } from '../shape/kind';
import { checkFields } from '../shape/object';
import { opaque } from '../values/opaque';
import { wordOf, type AddressPart, type Origin } from '../values/reference';
import type { BackendPort } from './backend-port';
import type { Secret } from '../values/secret';
import type { PlainText } from './plain-text';

/**
 * A part of an application, such as a backend or a database.
 *
 * @throws IssuesError if the scope or the id is missing
 * @throws Error if the scope is not inside an application
 */
export abstract class Component extends Construct implements Origin {
  /** The name of the component; also its host name for other components. */
  readonly name: string;
  /** The application that the component belongs to. */
  readonly application: Application;

  constructor(scope: Construct, id: string) {
    requirePlace(scope, id);
    super(scope, freeId(scope, id));
    this.name = id;
    this.application = Application.of(this);
    keepPlace(this, new.target);
  }

  /** The workloads of this component in the model. */
  abstract toModel(): readonly Workload[];

  /** The workloads that must be ready or completed before a component that needs this one starts. */
  dependency(): readonly Dependency[] {
    return [{ workload: this.name, until: 'ready' }];
  }

  /** The parts of this component's address that other components can refer to, the most used first. */
  get parts(): readonly AddressPart[] {
    return [];
  }

  /** The connections to this component if it runs outside the application. Otherwise, its workloads tell their ports. */
  get outside(): readonly Connection[] {
    return [];
  }

  /** The components, or single ports of them, that this one may connect to without a reference. */
  get connectsTo(): readonly (Component | BackendPort)[] {
    return [];
  }

  /** The texts of this component's variables that no reference made. */
  get plainTexts(): readonly PlainText[] {
    return [];
  }

  /** The settings of this component in the environment. */
  get settings(): PlacedSettings {
    const { components } = this.application.environment;
    return (Object.hasOwn(components, this.name) ? components[this.name] : undefined) ?? {};
  }

  /** The settings that this component uses. Any other setting in the environment is reported as an issue. */
  get acceptedSettings(): readonly Setting[] {
    return [];
  }

  /** The names of this component's secrets whose value may be any random text. */
  get randomSecrets(): readonly string[] {
    return [];
  }

  /** The secrets that this component names itself. */
  get namedSecrets(): readonly Secret[] {
    return [];
  }

  /** Records a warning of this component. Commands print it. */
  protected warn(issue: Omit<Issue, 'path'>): void {
    this.application.warn({ path: componentPath(this.application.name, this.name), ...issue });
  }

  /** Records an issue of this component. All issues are thrown together when the application is compiled. */
  protected report(issue: Omit<Issue, 'path'>): void {
    this.application.report({ path: componentPath(this.application.name, this.name), ...issue });
  }
}

opaque(Component.prototype, ({ name, parts: [part] }) => ({
  what: `the component ${name}`,
  write:
    part === undefined
      ? `its name, ${wordOf(name)}.name`
      : `one of its references in a text, such as text\`\${${wordOf(name)}.${part}}\`, or its name, ${wordOf(name)}.name`,
}));

/** What a class says of its props, for messages about wrong ones. */
export interface PropsKind<Props> {
  /** The name of the class, such as `Backend`. */
  readonly of: string;
  readonly shape: Shape<Props>;
  /** What to write instead of props that are no object. */
  readonly write: string;
}

/** Props that are checked already, so that the class which a class extends does not check them again. */
const checkedProps = new WeakSet();

/**
 * Checks the props of a component, for constructors that read props before `super(…)`. What is wrong is reported, and
 * left out of the result, so that the other props are checked as well. If a required prop is wrong, the component is
 * not in the model.
 *
 * @throws IssuesError if the scope, the id or the props are missing
 */
export function checkProps<Props extends object>(
  scope: Construct,
  id: string,
  props: Props,
  { of, shape, write }: PropsKind<Props>,
): Props {
  requirePlace(scope, id);
  const path = pathOf(scope, id);
  if (!isMapping(props)) throw new IssuesError([{ path, field: 'props', got: props, write }]);
  if (checkedProps.has(props)) return props;
  const { right, problems, isComplete } = checkFields<Props>(
    props,
    shape,
    `a prop of ${of || 'this component'}`,
  );
  checkedProps.add(right);
  const { root } = scope.node;
  if (root instanceof Application) {
    for (const problem of problems) root.report({ path, ...problem });
    if (!isComplete) root.leaveOut(id);
  }
  return right;
}

/** The path of a component in issues, for use before the component exists. */
export function pathOf({ node: { root } }: Construct, id: string): string {
  return root instanceof Application ? componentPath(root.name, id) : id;
}

function requirePlace(scope: unknown, id: unknown): void {
  if (!Construct.isConstruct(scope))
    throw wrongArgument('scope', scope, 'first argument must be the application');
  if (typeof id !== 'string')
    throw wrongArgument('id', id, 'second argument must be the name of the component');
}

function wrongArgument(field: string, got: unknown, rule: string): IssuesError {
  const write = "new Backend(this, 'api', { … })";
  return new IssuesError([{ path: 'component', field, got, write, sentence: `the ${rule}: write ${write}` }]);
}

// The package `constructs` throws at once if an id is used twice, or is a property of every object, such as
// `constructor`. So such a component gets a free id, and its name is reported together with all other issues.
function freeId(scope: Construct, id: string): string {
  let free = id === '' ? 'nameless' : id;
  for (let count = 2; free in {} || scope.node.tryFindChild(free) !== undefined; count++)
    free = `${id}#${count}`;
  return free;
}
