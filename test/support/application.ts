import {
  Application,
  Backend,
  type BackendProps,
  type Issue,
  IssuesError,
  docker,
  kubernetes,
} from 'catamaran';
import { planApplication, targetFor, type Planned } from '../../constructs/pipeline/plan';
import { compile } from '../../constructs/compile/compile';
import { targets } from '../../cli/targets';
import type { Pins } from '../../constructs/compile/pins';
import type { EnvironmentSpec } from '../../constructs/environment/environment';
import type { ApplicationModel, Workload } from '../../constructs/model/workload';

/** Adds components to an application. */
export type Build = (application: Application) => void;

/** What a test may choose of its application. */
export interface TestApplicationOptions {
  readonly name?: string;
  readonly environment?: string;
  readonly folder?: string;
  readonly version?: string;
  readonly owner?: { readonly team?: string; readonly email?: string };
}

/** Docker with a source of secrets. */
export const onDocker = docker({ secrets: { kind: 'env-file', file: '.env' } });

/** Kubernetes with a source of secrets and of images. */
export const onKubernetes = kubernetes({
  namespace: 'shop',
  registry: 'registry.example.com',
  secrets: { kind: 'existing-secret', name: 'shop-secrets' },
});

/** A small anonymous application. */
export function application(
  build: Build,
  place: EnvironmentSpec = onDocker,
  options: TestApplicationOptions = {},
): Application {
  const { name = 'shop', environment = 'dev', ...props } = options;
  const shop = new (class extends Application {})(name, { ...place, name: environment }, props);
  build(shop);
  return shop;
}

/** Adds a valid backend, with these props instead of its own. */
export function withProps(props: Partial<BackendProps> = {}, name = 'api'): Build {
  return (app) => new Backend(app, name, { image: 'api:1.0', port: 8000, ...props });
}

/** Plans an application. @throws IssuesError with all of its issues */
export function planOfApp(
  build: Build,
  place?: EnvironmentSpec,
  options?: TestApplicationOptions,
  pins: Pins = new Map(),
): Planned {
  return planApplication(application(build, place, options), targets, pins);
}

/** Compiles an application to its model. @throws IssuesError with all of its issues */
export function modelOfApp(
  build: Build,
  place?: EnvironmentSpec,
  options?: TestApplicationOptions,
): ApplicationModel {
  const one = application(build, place, options);
  return compile(one, targetFor(one, targets));
}

/** One workload of the model of an application. */
export function workloadOfApp(name: string, build: Build, place?: EnvironmentSpec): Workload {
  return present(modelOfApp(build, place).workloads.find((workload) => workload.name === name));
}

/** The messages of the issues that planning an application throws. Fails if it throws none. */
export function issuesOfApp(
  build: Build,
  place?: EnvironmentSpec,
  options?: TestApplicationOptions,
): string[] {
  return thrownBy(() => planOfApp(build, place, options)).message.split('\n');
}

/** The error with issues that an action throws. Fails if it throws none. */
export function thrownBy(action: () => unknown): Error & { readonly issues: readonly Issue[] } {
  try {
    action();
  } catch (error) {
    if (error instanceof IssuesError) return error;
    throw error;
  }
  throw new Error('expected issues, and there was none');
}

/** A value that must not be undefined. Fails if it is. */
export function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('expected a value, and there was none');
  return value;
}
