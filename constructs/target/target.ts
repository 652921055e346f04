import type { Environment, EnvironmentSpec } from '../environment/environment';
import { IssuesError, type Issue } from '../issue';
import type { ApplicationModel } from '../model/workload';
import type { Policy } from '../policy/policy';
import type { Claim } from './claims';
import type { Contents } from './contents';
import type { Deployment } from './deployment';
import type { Review, SupportTable } from './lowering';
import type { ComponentOverrides } from './override';
import type { ProxyTable } from './proxy';
import type { Runner } from './runner';
import type { SecretAdvice } from './secret-advice';

/**
 * A place that applications run on: Kubernetes, or Docker. Everything else in Catamaran works with this interface, and
 * never asks which target it has. A new target is a folder with a value of this type, and one line in `cli/targets.ts`.
 * `docker/target.ts` is an example; `test/target/docker-run.ts` is the smallest one.
 *
 * Members that take a plan or an environment are methods, so that a list can hold targets of different plans. Keep a plan
 * and its target together, as `Planned` does.
 */
export interface Target<Spec extends EnvironmentSpec = EnvironmentSpec, Plan = unknown> {
  /** The name that environments have in `target`, such as `docker`; also in reports and messages. */
  readonly name: string;
  /** The name in headings, such as `Docker`. */
  readonly title: string;
  /** What the target does with each field of a workload: `catamaran matrix` prints it. */
  readonly table: SupportTable;
  /** What a plan must keep to. `catamaran check` asks them. */
  readonly policies: readonly Policy<Plan>[];
  /** What a plan contains. */
  readonly contents: Contents<Plan>;
  /** What users are told about secrets. */
  readonly secrets: SecretAdvice<Spec>;

  /** What carries out the routes of a reverse proxy in this environment, and what it cannot do. */
  proxy(environment: Spec): ProxyTable;

  /** The object that holds all secrets of an application; undefined where containers get each secret by itself. */
  secretObject(application: string, environment: Spec): SecretObject | undefined;

  /** Everything that is wrong with an environment on this target, and with a model in it. */
  validate(model: ApplicationModel, environment: Environment<Spec>): readonly Issue[];

  /** What only one application can have where this environment runs, such as a port of the host. */
  claims(model: ApplicationModel, environment: Environment<Spec>): readonly Claim[];

  /** Everything that is made of a model. Pure: the same model and environment give the same plan. */
  plan(model: ApplicationModel, environment: Environment<Spec>): Plan;

  /** Changes a plan by the overrides of its environment. @param path of the environment, for issues */
  override(plan: Plan, path: string, overrides: readonly ComponentOverrides[]): OverriddenPlan<Plan>;

  /** The files of a plan, by their path in the environment's folder. */
  files(plan: Plan, place: FilesPlace): Readonly<Record<string, string>>;

  /** Why Pulumi must not deploy an environment: something else does. Empty where it may. */
  deployIssues(path: string, environment: Spec): readonly Issue[];

  /** Registers everything of a plan with Pulumi. Loads `@pulumi/*` only when it is called. */
  apply(plan: Plan, deployment: Deployment<Spec>): void | Promise<void>;

  /**
   * Runs the program of a scheduled workload once, now, with other arguments, and shows what it prints.
   * @returns whether it succeeded
   * @throws IssuesError where the program that starts it is not there
   */
  runNow(plan: Plan, environment: Spec, job: JobRun, run: Runner): Promise<boolean>;
}

/** A scheduled workload, and what its program is given in place of its own arguments. */
export interface JobRun {
  /** The name of the workload. */
  readonly workload: string;
  readonly program: readonly string[];
  readonly args: readonly string[];
}

/** The name of an object in a namespace. */
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

/** A plan with its overrides, and what to report about them. */
export interface OverriddenPlan<Plan> extends Review {
  readonly plan: Plan;
}

/** Whether an environment is one of a target. */
export function isOn<Spec extends EnvironmentSpec, Plan>(
  { name }: Target<Spec, Plan>,
  environment: Environment,
): environment is Environment<Spec> {
  return environment.target === name;
}

/**
 * The target of an environment.
 * @throws IssuesError where the environment names none of them
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
