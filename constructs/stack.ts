import { copyPlace, keepPlace } from './code-place';
import { gather, requireObject, IssuesError } from './issue';
import type { Application } from './components/application';
import { isSpec } from './environment/options';
import type { Environment, EnvironmentSpec } from './environment/environment';
import { keepSecretFiles } from './environment/secret-source';
import { opaque } from './values/opaque';

/** An application and its environments. */
export interface Stack<Name extends string = string> {
  /** The environments, by name. */
  readonly environments: Readonly<Record<Name, Environment>>;
  /** Creates the application for one of the environments. */
  readonly create: (environment: Environment) => Application;
}

/**
 * Connects an application to its environments. It is the default export of `stacks/<name>.ts` or
 * `stacks/<name>/index.ts`.
 *
 * @throws IssuesError if the class of the application or an environment is missing
 * @example export default defineStack(Shop, { dev: docker(), production: kubernetes({ namespace: 'shop' }) });
 */
export function defineStack<Name extends string>(
  application: new (environment: Environment) => Application,
  environments: Readonly<Record<Name, EnvironmentSpec>>,
): Stack<Name> {
  const example = 'defineStack(Shop, { dev: docker() })';
  if (typeof application !== 'function')
    throw new IssuesError([
      { path: 'defineStack', field: 'application', got: application, write: `its class, such as ${example}` },
    ]);
  const atLeastOne = `at least one, such as ${example}`;
  requireObject(environments, 'defineStack', atLeastOne, 'environments');
  if (Object.keys(environments).length === 0)
    throw new IssuesError([
      { path: 'defineStack', field: 'environments', got: environments, write: atLeastOne },
    ]);
  const { done: named, issues } = gather(Object.entries<EnvironmentSpec>(environments), ([name, spec]) => {
    if (!isSpec(spec)) {
      const write = "docker() or kubernetes({ namespace: 'shop' })";
      throw new IssuesError([{ path: 'defineStack', field: name, got: spec, write }]);
    }
    const environment = opaque({ ...spec, name }, () => ({
      what: `the environment ${name}`,
      write: 'its name, environment.name',
    }));
    // An object that was copied from another environment has the place of the stack.
    return [name, copyPlace(spec, keepPlace(environment, defineStack))] as const;
  });
  if (issues.length > 0) throw new IssuesError(issues);
  keepSecretFiles(named.map(([, environment]) => environment));
  return {
    environments: Object.fromEntries(named) as Record<Name, Environment>,
    create: (environment) => new application(environment),
  };
}
