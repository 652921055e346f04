import type { Application } from './application';
import type { Environment, Place } from './environment';

/** An application and the environments that it has. */
export interface Stack<Name extends string = string> {
  readonly environments: Readonly<Record<Name, Environment>>;
  /** The application as it is in one of them. */
  readonly create: (environment: Environment) => Application;
}

/** Ties an application to its environments; the default export of a file or folder of `stacks/`. */
export function defineStack<Name extends string>(
  application: new (environment: Environment) => Application,
  places: Readonly<Record<Name, Place>>,
): Stack<Name> {
  const named = Object.entries<Place>(places).map(([name, place]) => [name, { ...place, name }] as const);
  return {
    environments: Object.fromEntries(named) as Record<Name, Environment>,
    create: (environment) => new application(environment),
  };
}
