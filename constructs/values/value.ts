import { IssuesError } from '../issue';
import type { Connection } from '../model/network';
import type { SecretFolder } from '../model/storage';
import type { Template } from '../model/template';
import type { Dependency } from '../model/workload';

/** The component that a reference leads to. */
export interface Origin {
  readonly name: string;
  readonly application: { readonly name: string };
  /** What has to happen before a component that needs this one starts. */
  dependency(): readonly Dependency[];
}

/**
 * A value of another component, such as its address. Using it lets the user connect to that component and
 * start after it, and to nothing else.
 */
export class Reference {
  constructor(
    readonly component: Origin,
    readonly template: Template,
    readonly connection: Connection,
  ) {}
}

/** A value that the environment's source of secrets holds. It is never written anywhere in the clear. */
export class Secret {
  private constructor(
    readonly key: string,
    /** Whether any random text will do, so that it can be generated. */
    readonly random: boolean,
  ) {}

  /** The secret of that name, which somebody has to supply; the name is also its key in every source. */
  static named(name: string): Secret {
    return new Secret(name, false);
  }

  /** A secret that any random text will do for, such as the key that sessions are signed with. */
  static random(name: string): Secret {
    return new Secret(name, true);
  }

  /** Variables that each take the secret of their own name. */
  static variables<Name extends string>(...names: readonly Name[]): Record<Name, Secret> {
    return Object.fromEntries(names.map((name) => [name, Secret.named(name)])) as Record<Name, Secret>;
  }

  /**
   * The path of a file with the secret, for a variable such as `API_KEY_FILE` of an image that can read files.
   * The program's user alone reads it, and it shows in no list of variables.
   */
  get file(): SecretFile {
    return new SecretFile(this);
  }
}

/** The path of a file that holds a secret; see {@link Secret.file}. */
export class SecretFile {
  constructor(readonly secret: Secret) {}

  /** Where the program finds it. */
  get path(): string {
    return `${SecretFile.folder}/${this.secret.key}`;
  }

  /** The folder of all such files. */
  static readonly folder = '/run/secrets/files';
}

/** Data that JSON can hold. */
export type JsonData =
  string | number | boolean | null | readonly JsonData[] | { readonly [key: string]: JsonData };

/** A value that is passed as JSON text. */
export class Json {
  private constructor(readonly text: string) {}

  /** The JSON text of data, such as a list of CORS origins. */
  static of(data: JsonData): Json {
    return new Json(JSON.stringify(data));
  }

  /** A text that must already be valid JSON. */
  static text(text: string): Json {
    return new Json(text);
  }
}

/** A text with the addresses of other components in it, for a file. */
export class Text {
  constructor(
    readonly template: Template,
    readonly references: readonly Reference[],
  ) {}
}

/** What a text can have in it: a list of texts is joined. */
type TextValue = string | number | Reference | Text | readonly Text[];

/**
 * A text with references in it, such as the configuration of a program that connects to other components:
 * ``text`targets: ['${backend.endpoint}']` ``. Using one is what using it in a variable is: a permission to
 * connect, and the order of the start. A reference with a secret in it is reported; it belongs into a
 * variable.
 */
export function text(strings: TemplateStringsArray, ...values: readonly TextValue[]): Text {
  if (!Array.isArray(strings))
    throw new IssuesError([
      {
        path: 'text',
        field: 'template',
        got: strings,
        write: 'text`url: ${backend.url}`, without parentheses',
      },
    ]);
  const texts = values.map(toText);
  const parts = strings.flatMap((string, index): Template => [string, ...(texts[index]?.template ?? [])]);
  return new Text(
    parts,
    texts.flatMap(({ references }) => references),
  );
}

function toText(value: TextValue): Text {
  if (value instanceof Text) return value;
  if (value instanceof Reference) return new Text(value.template, [value]);
  if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)))
    return new Text([String(value)], []);
  if (!isTexts(value))
    throw new IssuesError([
      {
        path: 'text',
        field: 'value',
        got: value,
        write: 'a text, a finite number, a reference, or a list of texts',
      },
    ]);
  return new Text(
    value.flatMap(({ template }) => template),
    value.flatMap(({ references }) => references),
  );
}

function isTexts(value: unknown): value is readonly Text[] {
  return Array.isArray(value) && value.every((one) => one instanceof Text);
}

/** What an environment variable can be set to. */
export type EnvironmentValue = string | number | boolean | Json | Secret | SecretFile | Reference;

/** The secrets among variables, also those that are files. */
export function secretsIn(variables: Readonly<Record<string, EnvironmentValue>>): Secret[] {
  return Object.values(variables).flatMap((value) => {
    if (value instanceof SecretFile) return [value.secret];
    return value instanceof Secret ? [value] : [];
  });
}

/** The files of secrets that variables name. */
export function secretFolders(variables: Readonly<Record<string, EnvironmentValue>>): SecretFolder[] {
  const files = Object.values(variables).filter((value) => value instanceof SecretFile);
  const names = [...new Set(files.map(({ secret }) => secret.key))].sort();
  if (names.length === 0) return [];
  return [{ path: SecretFile.folder, files: Object.fromEntries(names.map((name) => [name, name])) }];
}

/**
 * Says what to write in place of a plain value, or nothing. NaN is a number to the compiler, and a variable of the
 * process may be nothing.
 */
export function valueProblem(value: Json | string | number | boolean): string | undefined {
  if (value instanceof Json) return isJson(value.text) ? undefined : 'valid JSON, or Json.of(data)';
  if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return undefined;
  return 'a text, a finite number, true or false';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
