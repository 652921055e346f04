import type { Connection } from '../model/network';
import type { Template } from '../model/template';
import type { Dependency } from '../model/workload';
import { opaque } from './opaque';
import { SecretFile, type Secret } from './secret';

/** A component that a reference can point to. */
export interface Origin {
  readonly name: string;
  readonly application: { readonly name: string };
  /** The workloads that must be ready or completed before a component that uses the reference starts. */
  dependency(): readonly Dependency[];
}

/** The parts that the address of a component can have. Each is a property of the component, such as `database.host`. */
export type AddressPart = 'host' | 'port' | 'endpoint' | 'url' | 'username' | 'password' | 'database';

/**
 * A value that another component provides, such as its URL or its host. A component that uses the reference may
 * connect to the other component, and starts after it. It is the whole value of a variable, or a part of a text:
 * ``text`${api.url}/v1` ``. It cannot become a plain string.
 *
 * @example env: { API_URL: api.url, DB_HOST: database.host, DB_PORT: database.port }
 */
export class Reference {
  constructor(
    readonly component: Origin,
    /** The value itself, such as a URL with a password. */
    readonly template: Template,
    /** The connection that the value is for. */
    readonly connection: Connection,
    /** Which part of the component's address the value is. */
    readonly part: AddressPart,
    /** What a stack calls the owner of the part, such as `api.at('metrics')`. */
    readonly word: string = wordOf(component.name),
  ) {}
}

/** The password of a component. It is a reference, and also exists as a file for programs that can read one. */
export class PasswordReference extends Reference {
  constructor(
    component: Origin,
    private readonly secret: Secret,
    connection: Connection,
  ) {
    super(component, [{ secret: secret.key }], connection, 'password');
  }

  /**
   * The path of a file with the password. It carries the same permission and start order as the reference.
   *
   * @example env: { DB_PASSWORD_FILE: database.password.file }
   */
  get file(): SecretFile {
    return new SecretFile(this.secret, this);
  }
}

opaque(Reference.prototype, ({ component: { name }, part, word }) => ({
  what: `a reference to ${name} (its ${part})`,
  write: `text\`\${${word}.${part}}${part === 'url' ? '/v1' : ''}\`, with the word text before the first quote`,
}));

/** A name as a stack would call its variable: `userService` for `user-service`. */
export function wordOf(name: string): string {
  return name.replace(/-+(\w?)/g, (_, letter: string) => letter.toUpperCase());
}
