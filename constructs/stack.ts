import { requireObject, IssuesError } from './issue';
import type { Application } from './components/application';
import type { Environment, EnvironmentSpec } from './environment/environment';

/** An application and the environments that it has. */
export interface Stack<Name extends string = string> {
  readonly environments: Readonly<Record<Name, Environment>>;
  /** The application as it is in one of them. */
  readonly create: (environment: Environment) => Application;
}

/**
 * Ties an application to its environments; the default export of a file or folder of `stacks/`.
 * @throws IssuesError where one of them is missing
 */
export function defineStack<Name extends string>(
  application: new (environment: Environment) => Application,
  places: Readonly<Record<Name, EnvironmentSpec>>,
): Stack<Name> {
  const like = 'defineStack(Shop, { dev: docker() })';
  if (typeof application !== 'function')
    throw new IssuesError([
      { path: 'defineStack', field: 'application', got: application, write: `its class, as ${like}` },
    ]);
  requireObject(places, 'defineStack', `at least one, as ${like}`, 'environments');
  const named = Object.entries<EnvironmentSpec>(places).map(([name, place]) => {
    requireObject(place, 'defineStack', "docker() or kubernetes({ namespace: 'shop' })", name);
    return [name, { ...place, name }] as const;
  });
  return {
    environments: Object.fromEntries(named) as Record<Name, Environment>,
    create: (environment) => new application(environment),
  };
}
