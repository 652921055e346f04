import { RootConstruct, type Construct } from 'constructs';
import type { Environment } from '../environment/environment';
import { requireObject, type Issue } from '../issue';
import type { Owner } from '../model/workload';

/** What an application is, besides its components. */
export interface ApplicationProps {
  /** The folder that builds and files are relative to; usually `__dirname`. @default the working directory */
  readonly folder?: string;
  /** @default 0.0.0 */
  readonly version?: string;
  /** Who answers for it. @default a team of the application's name, without an address */
  readonly owner?: Partial<Owner>;
}

/** A web application in one environment: the root of its components. */
export abstract class Application extends RootConstruct {
  readonly folder: string;
  readonly version: string;
  readonly owner: Owner;
  private readonly found: Issue[] = [];
  private readonly open = new Map<string, readonly string[]>();

  constructor(
    readonly name: string,
    readonly environment: Environment,
    props: ApplicationProps = {},
  ) {
    super('');
    requireObject(environment, name, "super('…', environment), with that of the constructor", 'environment');
    requireObject(props, name, 'nothing, or an object such as { folder: __dirname }', 'props');
    this.folder = props.folder ?? '.';
    this.version = props.version ?? '0.0.0';
    this.owner = { team: props.owner?.team ?? name, email: props.owner?.email ?? '' };
  }

  /** The application that a construct belongs to. @throws Error where it belongs to none */
  static of(construct: Construct): Application {
    const { root } = requireObject(construct, 'Application.of', 'a component', 'construct').node;
    if (root instanceof Application) return root;
    throw new Error(`${construct.node.path}: create components within an Application`);
  }

  /**
   * Leaves something open to the environment, such as the kind of a store: `choices: { store: 'mongodb' }`.
   * Returns what the environment says, or the first option.
   */
  choose<Option extends string>(name: string, options: readonly [Option, ...Option[]]): Option {
    requireObject(options, this.name, 'a list of texts, the default first', `choose ${name}`);
    this.open.set(name, options);
    const said = this.environment.choices[name];
    return options.find((option) => option === said) ?? options[0];
  }

  /** Everything that components reported so far, and what the environment says that is no choice. */
  get issues(): readonly Issue[] {
    const path = `${this.name} (${this.environment.name})`;
    const wrong = Object.entries(this.environment.choices).flatMap(([name, got]): Issue[] => {
      const options = this.open.get(name);
      if (options?.includes(got)) return [];
      return [{ path, field: `choices.${name}`, got, write: this.possible(options) }];
    });
    return [...this.found, ...wrong];
  }

  private possible(options: readonly string[] | undefined): string {
    if (options) return `one of ${options.join(', ')}`;
    const names = [...this.open.keys()];
    return names.length > 0
      ? `a choice of the application: ${names.join(', ')}`
      : 'nothing: the application leaves nothing open';
  }

  /** Notes an issue, to be thrown with all others at compile time. */
  report(issue: Issue): void {
    this.found.push(issue);
  }
}
