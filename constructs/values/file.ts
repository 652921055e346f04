import { isPlainMapping } from '../model/data';
import { hidden } from '../shape/hidden';
import { optional, type Kind, type Shape } from '../shape/kind';
import { recordOf } from '../shape/lists';
import { object } from '../shape/object';
import { instance, text } from '../shape/words';
import { PasswordReference } from './reference';
import { Secret } from './secret';
import { Text } from './text';

/** A configuration file with a mode. */
export interface FileProps {
  /** The content of the file. */
  readonly content: string | Text;
  /**
   * The mode of the file, as octal digits. The file belongs to root, and the program is in its group: so the group must be
   * able to read it. Nobody can write to it, whatever the mode says. On Docker, everybody in the container has the rights of
   * the group, and with compose the file has the mode 0644 or 0755, because git keeps no other.
   * @default 0555 if the content starts with `#!`, else 0444
   * @example '0755'
   */
  readonly mode?: string;
}

/** The content of a configuration file, alone or with a mode. */
export type FileSource = string | Text | FileProps;

/** A secret as a file, with a mode. */
export interface SecretFileProps {
  /** A secret, or the password of a component, such as `database.password`. */
  readonly secret: Secret | PasswordReference;
  /**
   * The mode of the file, as octal digits. The file belongs to root, and the program is in its group: so the group must be
   * able to read it, and nobody else. On Docker, everybody in the container has the rights of the group.
   * @default 0440
   * @example '0550'
   */
  readonly mode?: string;
}

/** A secret as a file: the secret or the password alone, or with a mode. */
export type SecretFileSource = Secret | PasswordReference | SecretFileProps;

/** The content of a file, and its mode if it has one. */
export function fileProps(source: FileSource): FileProps {
  return typeof source === 'string' || source instanceof Text ? { content: source } : source;
}

/** The contents of files by path. */
export function contentsOf(
  files: Readonly<Record<string, FileSource>> = {},
): Record<string, FileProps['content']> {
  return Object.fromEntries(Object.entries(files).map(([path, source]) => [path, fileProps(source).content]));
}

/** The secret of a file, and its mode if it has one. */
export function secretFileProps(source: SecretFileSource): SecretFileProps {
  return source instanceof Secret || source instanceof PasswordReference ? { secret: source } : source;
}

const content: Kind<string | Text> = hidden(
  instance(
    (value) => typeof value === 'string' || value instanceof Text,
    'the content of the file as a text, or text`…` with references in it',
  ),
);

const mode = optional(text("octal digits as a text, such as '0755'"));

/** A value alone, or an object that has it in one of its fields. */
function aloneOrIn<Value, Props extends object>(alone: Kind<Value>, shape: Shape<Props>, example: string) {
  const props = object(shape, { title: 'a field of a file', write: example });
  const kind: Kind<Value | Props> = {
    optional: false,
    check: (value, field, problems) => {
      (isPlainMapping(value) ? props : alone).check(value, field, problems);
    },
  };
  return kind;
}

const fileShape: Shape<FileProps> = { content, mode };

export const filesKind: Kind<Readonly<Record<string, FileSource>>> = recordOf(
  aloneOrIn(content, fileShape, "{ content: 'debug: false', mode: '0644' }"),
  "an object, such as { '/etc/app/config.yaml': 'debug: false' }",
);

const secret: Kind<Secret | PasswordReference> = hidden(
  instance(
    (value) => value instanceof Secret || value instanceof PasswordReference,
    "a secret, such as Secret.named('API_KEY') or database.password",
  ),
);

const secretFileShape: Shape<SecretFileProps> = { secret, mode };

export const secretFilesKind: Kind<Readonly<Record<string, SecretFileSource>>> = recordOf(
  aloneOrIn(secret, secretFileShape, "{ secret: Secret.named('API_KEY'), mode: '0440' }"),
  "an object, such as { '/run/secrets/api-key': Secret.named('API_KEY') }",
);
