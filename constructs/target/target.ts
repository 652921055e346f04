import type { Environment, EnvironmentSpec } from '../environment/environment';
import { IssuesError, type Issue } from '../issue';
import type { ApplicationModel } from '../model/workload';
import type { Policy, Violation } from '../policy/policy';
import type { Claim } from './claims';
import type { Contents } from './contents';
import type { Deployment } from './deployment';
import type { LoweringTable, Review } from './lowering';
import type { ComponentOverrides } from './override';
import type { ProxyTable } from './proxy';
import type { Runner } from './runner';
import type { SecretAdvice } from './secret-advice';
import type { Files, Update } from './update';

/**
 * A platform that applications run on, such as Kubernetes or Docker. All other code works with this interface and never
 * checks which target it has. `docker/target.ts` is an example; `test/target/docker-run.ts` is a small one.
 *
 * A new target works with a folder that has a value of this type, and one line in `cli/targets.ts`. Stacks can name it
 * with a function such as `docker()` in `constructs/environment/`, exported by `constructs/index.ts`. If stacks load
 * something from the folder, such as its overrides, the folder has an entry in `exports` of `package.json`.
 *
 * Members that take a plan or an environment are methods, so that a list can hold targets of different plans. Keep a
 * plan and its target together, as `Planned` does.
 */
export interface Target<Spec extends EnvironmentSpec = EnvironmentSpec, Plan = unknown> {
  /** The value of `target` in environments, such as `docker`. Reports and messages use it too. */
  readonly name: string;
  /** The name for headings, such as `Docker`. */
  readonly title: string;
  /**
   * How the target supports and renders each field of a workload, whatever it renders to. `catamaran matrix` prints it.
   * `plan` uses the table with its own types.
   */
  readonly table: LoweringTable<object, never, never>;
  /** The policies for plans of this target. `catamaran check` applies them. */
  readonly policies: readonly Policy<Plan>[];
  /** Lists the contents of a plan. */
  readonly contents: Contents<Plan>;
  /** What messages say about secrets. */
  readonly secrets: SecretAdvice<Spec>;

  /** How the reverse proxy of this environment supports each feature of routes. */
  proxy(environment: Spec): ProxyTable;

  /** The object that contains all secrets of an application; undefined if the target has no such object. */
  secretObject(application: string, environment: Spec): SecretObject | undefined;

  /** Finds mistakes in an environment of this target, and in the model of an application there. */
  validate(model: ApplicationModel, environment: Environment<Spec>): readonly Issue[];

  /** Things that only one application can have in this place, such as a port of the host. */
  claims(model: ApplicationModel, environment: Environment<Spec>): readonly Claim[];

  /** Makes the plan of a model. It must be pure: the same model and environment always give the same plan. */
  plan(model: ApplicationModel, environment: Environment<Spec>): Plan;

  /** Applies the overrides of an environment to a plan. @param path the path of issues, such as `shop (dev)` */
  override(plan: Plan, path: string, overrides: readonly ComponentOverrides[]): OverriddenPlan<Plan>;

  /** Finds what the platform will refuse of a plan, whatever made it: components or overrides. */
  limits(plan: Plan): readonly Violation[];

  /** The files of a plan, by their path in the environment's folder. */
  files(plan: Plan, place: FilesPlace): Files;

  /** The paths of those of these files that are programs: everybody may execute them. */
  programs(plan: Plan): readonly string[];

  /**
   * Compares the files of the last update of an environment with the new ones, and says what such an update needs besides
   * them. It must be pure. Files of other targets are in neither, or are ignored: an environment may move to another target.
   * @param before the files of the last update; empty if there was none
   * @param after the new files; empty if the environment is gone
   * @param folder the folder of the files, as a user writes it
   */
  updates(before: Files, after: Files, folder: string): readonly Update[];

  /** Reasons why Pulumi must not deploy an environment, such as a GitOps controller that does. Empty if Pulumi may. */
  deployIssues(path: string, environment: Spec): readonly Issue[];

  /** Registers all resources of a plan with Pulumi. Loads `@pulumi/*` only when it is called. */
  apply(plan: Plan, deployment: Deployment<Spec>): void | Promise<void>;

  /**
   * Runs the program of a scheduled workload once, now, with other arguments, and shows its output.
   * @throws IssuesError if the program fails, or `docker` or `kubectl` does
   */
  runNow(plan: Plan, environment: Spec, job: JobRun, run: Runner): Promise<void>;
}

/** A run of the program of a scheduled workload, with other arguments than those of the schedule. */
export interface JobRun {
  /** The component that it is run for, as application/component, for issues. */
  readonly path: string;
  /** The name of the workload. */
  readonly workload: string;
  readonly program: readonly string[];
  readonly args: readonly string[];
}

/** The name and namespace of the Secret with all secrets of an application. */
export interface SecretObject {
  readonly name: string;
  readonly namespace: string;
}

/** Where the files of a plan are written. */
export interface FilesPlace {
  /** The path from the environment's folder to the application's folder, with / between folders. */
  readonly sources: string;
  /** The comment that every file starts with, without comment signs. */
  readonly heading: string;
}

/** A plan after its overrides, with notes and issues about them. */
export interface OverriddenPlan<Plan> extends Review {
  readonly plan: Plan;
}

/** Whether an environment has this target. */
export function isOn<Spec extends EnvironmentSpec, Plan>(
  { name }: Target<Spec, Plan>,
  environment: Environment,
): environment is Environment<Spec> {
  return environment.target === name;
}

/**
 * Finds the target of an environment.
 * @throws IssuesError if no target has the name that the environment has
 */
export function targetOf(
  targets: readonly Target[],
  { target: name }: EnvironmentSpec,
  path: string,
): Target {
  const found = targets.find((target) => target.name === name);
  if (found) return found;
  const write = `one of ${targets.map((target) => target.name).join(', ')}, as docker() and kubernetes() do`;
  throw new IssuesError([{ path, field: 'target', got: name, write }]);
}
