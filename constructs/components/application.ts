import { RootConstruct, type Construct } from 'constructs';
import { keepPlace } from '../code-place';
import type { Environment } from '../environment/environment';
import { checkedSpec, isSpec } from '../environment/options';
import { distinct, IssuesError, requireObject, type Issue } from '../issue';
import { environmentPath } from '../model/path';
import type { Owner } from '../model/workload';
import { optional, type Shape } from '../shape/kind';
import { checkCall } from '../shape/call';
import { listOf } from '../shape/lists';
import { checkFields, object } from '../shape/object';
import { quoted, text } from '../shape/words';
import { opaque } from '../values/opaque';
import { EnvironmentTexts } from './environment-texts';

/** The props of an application. */
export interface ApplicationProps {
  /**
   * The folder that image builds and other files are relative to, usually `__dirname`.
   * @default the working directory
   */
  readonly folder?: string;
  /** The version of the application, for labels. @default 0.0.0 */
  readonly version?: string;
  /**
   * The team that is responsible for the application. `catamaran check` requires an email address.
   * @default a team with the name of the application, without an email address
   * @example { team: 'shop', email: 'shop@example.com' }
   */
  readonly owner?: Partial<Owner>;
}

const ownerShape: Shape<Partial<Owner>> = {
  team: optional(text("the name of a team, such as 'shop'")),
  email: optional(text("an email address, such as 'shop@example.com'")),
};

const applicationShape: Shape<ApplicationProps> = {
  folder: optional(text('a folder, such as __dirname')),
  version: optional(text("a text, such as '1.0.0'")),
  owner: optional(
    object(ownerShape, { title: 'a field of owner', write: "{ team: 'shop', email: 'shop@example.com' }" }),
  ),
};

const choiceName = text("the name of the choice, such as 'store'");
const choiceOptions = listOf(text(), 'a list of texts, the default first');

/**
 * A web application in one environment. Its components are created in its constructor.
 *
 * @throws IssuesError if the environment is missing, or the props are not an object
 * @example
 * export class Shop extends Application {
 *   constructor(environment: Environment) {
 *     super('shop', environment, { folder: __dirname });
 *     const api = new Backend(this, 'api', { image: Image.build('api'), port: 8000 });
 *     new ReverseProxy(this, 'proxy', { routes: [Route.path('/', api)] });
 *   }
 * }
 */
export abstract class Application extends RootConstruct {
  /** The environment that the application is created for. */
  readonly environment: Environment;
  /** The folder that image builds and other files are relative to. */
  readonly folder: string;
  /** The version of the application. */
  readonly version: string;
  /** The team that is responsible for the application. */
  readonly owner: Owner;
  private readonly reported: Issue[] = [];
  private readonly warned: Issue[] = [];
  private readonly incomplete = new Set<string>();
  private readonly optionsByChoice = new Map<string, readonly string[]>();
  private readonly texts: EnvironmentTexts;

  constructor(
    /** The name of the application. */
    readonly name: string,
    environment: Environment,
    props: ApplicationProps = {},
  ) {
    super('');
    // The line of the stack that names the application: its class calls this constructor with super().
    keepPlace(this, Application);
    const write = "super('shop', environment) with the environment of the constructor";
    if (typeof name !== 'string')
      throw new IssuesError([{ path: 'application', field: 'name', got: name, write }]);
    if (!isSpec(environment))
      throw new IssuesError([{ path: name, field: 'environment', got: environment, write }]);
    this.environment = checkedSpec(environment);
    this.texts = new EnvironmentTexts(name, this.environment);
    requireObject(props, name, '{ folder: __dirname }, or leave it out', 'props');
    const { right, problems } = checkFields(props, applicationShape, 'a prop of Application');
    for (const problem of problems) this.report({ path: name, ...problem });
    const { folder, version, owner } = right;
    this.folder = folder ?? '.';
    this.version = version ?? '0.0.0';
    this.owner = { team: owner?.team ?? name, email: owner?.email ?? '' };
  }

  /** The application that a construct belongs to. @throws Error if the construct is not inside an application */
  static of(construct: Construct): Application {
    const { root } = requireObject(construct, 'Application.of', 'a component', 'construct').node;
    if (root instanceof Application) return root;
    throw new Error(`${construct.node.path}: create components inside an Application`);
  }

  /**
   * Lets the environment choose one of several options: an environment with `choices: { store: 'mongodb' }` chooses
   * `mongodb` for `store`. Returns the option that the environment chose, or else the first one.
   *
   * @param name the name of the choice
   * @param options the possible options; the first one is the default
   * @throws IssuesError if the options are not a list
   * @example const kind = this.choose('store', ['postgres', 'mongodb']);
   */
  choose<Option extends string>(name: string, options: readonly [Option, ...Option[]]): Option {
    checkCall(this.name, { 'first argument of choose': name }, { 'first argument of choose': choiceName });
    const field = `second argument of choose(${quoted(name)}, …)`;
    checkCall<Record<string, readonly string[]>>(this.name, { [field]: options }, { [field]: choiceOptions });
    this.optionsByChoice.set(name, options);
    const chosen = this.environment.choices[name];
    return options.find((option) => option === chosen) ?? options[0];
  }

  /**
   * A text that differs from environment to environment, such as the host of a route: an environment with
   * `texts: { DOMAIN: 'shop.example.com' }` says it. Returns the text of the environment, or else the default. Without
   * both, it is an issue.
   *
   * @param name the name of the text
   * @param otherwise the default. @default none: every environment must say the text
   * @throws IssuesError if the name or the default is no text
   * @example const host = this.text('DOMAIN', 'localhost');
   * @example env: { PUBLIC_URL: this.text('PUBLIC_URL') }
   */
  text(name: string, otherwise?: string): string {
    return this.texts.text(name, otherwise);
  }

  /**
   * The same as {@link text} for a number, such as a limit of the program: an environment says it as
   * `texts: { WORKERS: 8 }`.
   *
   * @param name the name of the number
   * @param otherwise the default. @default none: every environment must say the number
   * @throws IssuesError if the name is no text, or the default is no number
   * @example const workers = this.number('WORKERS', 2);
   */
  number(name: string, otherwise?: number): number {
    return this.texts.number(name, otherwise);
  }

  /** The issues that components reported so far, and the wrong choices and texts of the environment. */
  get issues(): readonly Issue[] {
    const path = environmentPath(this.name, this.environment.name);
    const wrong = Object.entries(this.environment.choices).flatMap(([name, got]): Issue[] => {
      const options = this.optionsByChoice.get(name);
      if (options?.includes(got)) return [];
      return [{ path, field: `choices.${name}`, got, ...this.fix(name, options) }];
    });
    return [...this.reported, ...wrong, ...this.texts.issues];
  }

  private fix(name: string, options: readonly string[] | undefined): Pick<Issue, 'write' | 'sentence'> {
    if (options) return { write: `one of ${options.join(', ')}` };
    const names = [...this.optionsByChoice.keys()].join(', ');
    return names === ''
      ? { write: 'no choices', sentence: `choices.${name} is unknown: the application has no choices` }
      : { write: `one of ${names}`, sentence: `choices.${name} is unknown: write one of ${names}` };
  }

  /** What is not wrong, but needs attention. Commands print it. */
  get warnings(): readonly Issue[] {
    return distinct(this.warned);
  }

  /** Records a warning. */
  warn(issue: Issue): void {
    this.warned.push(issue);
  }

  /** Leaves a component out of the model, because it misses what it needs: an issue tells what. */
  leaveOut(component: string): void {
    this.incomplete.add(component);
  }

  /** Whether a component has what it needs, so that it can be in the model. */
  isComplete(component: string): boolean {
    return !this.incomplete.has(component);
  }

  /** Records an issue. All issues are thrown together when the application is compiled. */
  report(issue: Issue): void {
    this.reported.push(issue);
  }
}

opaque(Application.prototype, ({ name }) => ({
  what: `the application ${name}`,
  write: 'its name, this.name',
}));
