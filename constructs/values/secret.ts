import { checkCall } from '../shape/call';
import { hidden } from '../shape/hidden';
import { optional, type Kind, type Shape } from '../shape/kind';
import { options as optionsKind } from '../shape/object';
import { instance, text } from '../shape/words';
import { opaque } from './opaque';
import type { Reference } from './reference';

/** The options of `Secret.named`. */
export interface SecretOptions {
  /**
   * The value where the environment has none: the secret is optional. It is no secret, as the written files contain it. A
   * secret with a default is the value of a variable, or a part of one, but no file.
   * @default none: an environment without the secret is an error
   * @example ''
   */
  readonly default?: string;
}

const secretOptionsShape: Shape<SecretOptions> = { default: optional(text("a text, such as ''")) };
const secretOptions = optionsKind(secretOptionsShape, "an object, such as { default: '' }");

/**
 * A secret, such as an API key. Its value comes from the `secrets` of the environment; it is never in the written
 * files, nor in logs. It is the whole value of a variable, or a part of a text: ``text`Bearer ${token}` ``. It cannot
 * become a plain string.
 *
 * @example new Backend(this, 'api', { image: 'api:1.0', port: 8000, env: { API_KEY: Secret.named('API_KEY') } })
 */
export class Secret {
  private constructor(
    /** The name of the secret in every source of secrets. */
    readonly key: string,
    /** Whether the value may be any random text, so that it can be generated. */
    readonly random: boolean,
    /** The value where the environment has none; undefined if each environment must have one. */
    readonly otherwise: string | undefined,
  ) {}

  /**
   * A secret that somebody has to provide, or that is optional, with a default.
   *
   * On Kubernetes, a key of the Secret that is missing means the default; one that is there with an empty value is an
   * empty text. Everywhere else, an empty value means the default.
   *
   * @param name the name of the secret in every source of secrets
   * @throws IssuesError if the name or the default is no text
   * @example env: { SENTRY_DSN: Secret.named('SENTRY_DSN', { default: '' }) }
   */
  static named(name: string, options: SecretOptions = {}): Secret {
    checkCall('Secret.named', { name, options }, { name: secretName, options: secretOptions });
    return new Secret(name, false, options.default);
  }

  /**
   * A secret that may be any random text, such as a key that signs sessions. It can be generated.
   *
   * @param name the name of the secret in every source of secrets
   */
  static random(name: string): Secret {
    checkCall('Secret.random', { name }, { name: secretName });
    return new Secret(name, true, undefined);
  }

  /**
   * Environment variables whose values are the secrets of the same names.
   *
   * @example env: { LOG_LEVEL: 'info', ...Secret.variables('API_KEY', 'CLIENT_SECRET') }
   */
  static variables<Name extends string>(...names: readonly Name[]): Record<Name, Secret> {
    return Object.fromEntries(names.map((name) => [name, Secret.named(name)])) as Record<Name, Secret>;
  }

  /**
   * The path of a file with the secret, for programs that can read a secret from a file. Only the user of the program
   * can read the file. This is safer than a variable, which `docker inspect` and process lists show.
   *
   * @example env: { API_KEY_FILE: Secret.named('API_KEY').file }
   */
  get file(): SecretFile {
    return new SecretFile(this);
  }
}

/** The path of a file that holds a secret; see {@link Secret.file}. */
export class SecretFile {
  constructor(
    readonly secret: Secret,
    /** The reference whose secret the file holds. @default none: the secret belongs to no component */
    readonly reference?: Reference,
  ) {}

  /** The absolute path of the file in the container. */
  get path(): string {
    return `${SecretFile.folder}/${this.secret.key}`;
  }

  /** The folder in the container that holds these files. */
  static readonly folder = '/run/secrets/files';
}

const inEnvironment = 'it as the whole value of a variable in env, or text`…${secret}…` in env';

opaque(Secret.prototype, ({ key }) => ({ what: `the secret ${key}`, write: inEnvironment }));

opaque(SecretFile.prototype, ({ secret: { key } }) => ({
  what: `the file of the secret ${key}`,
  write: inEnvironment,
}));

const secretName = text("the name of the secret, such as 'API_KEY'");

/** A secret. Whoever writes a text there instead most probably writes the value, which no message may show. */
export const secretKind: Kind<Secret> = hidden(
  instance(
    (value) => value instanceof Secret && value.otherwise === undefined,
    (value) =>
      value instanceof Secret
        ? `Secret.named('${value.key}') without a default, which only a variable can have`
        : "a secret, such as Secret.named('API_KEY')",
  ),
);
