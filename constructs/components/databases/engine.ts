import type { ScratchSource } from '../../values/storage';
import type { Duration, Size } from '../../model/units';
import type { User } from '../../model/workload';
import type { BackupRecipe } from '../backup/backup';
import type { UrlForm } from './connection-url';
import type { ImageRules, StoreImage } from './store-image';

/** The user and the database that an image creates, and the file with the password. */
export interface Access {
  readonly username: string;
  readonly database: string;
  /** Undefined if the database asks for no password. */
  readonly passwordFile: string | undefined;
}

/** An argument or a variable that a stack may not write, and what to write instead. */
export interface OwnChoice {
  /** The names of the argument, without `-` at the start and with `-` instead of `_`, or of the variable. */
  readonly names: readonly string[];
  /** It completes the sentence "write …". */
  readonly write: string;
  /** Only these values are refused. @default all */
  readonly values?: RegExp;
}

/** A kind of database: mostly facts about its images. */
export interface DatabaseKind<Engine extends DatabaseEngine = DatabaseEngine> extends ImageRules {
  /** The name of the program, such as `PostgreSQL`. */
  readonly program: string;
  /** The default image. */
  readonly image: string;
  /** The version that an image has that does not tell it. */
  readonly usualVersion: string;
  /** What follows from the version, so that it must be known: `the folder of its data`. @default nothing important */
  readonly followsFromVersion?: string;
  /** What to write instead of an image that this component cannot run; undefined if it can. @default it can run all */
  readonly imageProblem?: (image: StoreImage) => string | undefined;
  /** How to run an image. */
  readonly engine: (image: StoreImage) => Engine;
}

/** How to run one image of a database. */
export interface DatabaseEngine {
  /** The default user that owns the database. */
  readonly username: string;
  readonly port: number;
  readonly portName: string;
  /** The user and group that the image runs as. */
  readonly user: User;
  /** The default memory request and limit. */
  readonly memory: Size;
  /** The arguments of the program; empty for the image's command. */
  readonly args: readonly string[];
  /** The names of the options in arguments, as {@link OwnChoice} writes them, each with the argument that it is in. */
  readonly options: (args: readonly string[]) => readonly Option[];
  /** The options that a stack may not write. */
  readonly ownOptions: readonly OwnChoice[];
  /** The path of the volume in the container. */
  readonly dataPath: string;
  readonly scratch: readonly ScratchSource[];
  /** The variables that tell the image its user, its database and the file with the password. */
  readonly variables: (access: Access) => Readonly<Record<string, string>>;
  /** The variables that a stack may not write. */
  readonly ownVariables: readonly OwnChoice[];
  /** The extensions of initialization scripts that the image runs, such as `.sql`. */
  readonly scripts: readonly string[];
  /** What to write instead of a name that the server refuses; undefined if it takes it. */
  readonly nameProblem: (field: 'username' | 'database', name: string) => string | undefined;
  /** A command of the image that checks whether a host accepts connections. */
  readonly ping: (host: string) => readonly string[];
  /** The memory that the `ping` command needs. */
  readonly pingMemory: Size;
  /** How long the `ping` command may take. */
  readonly pingTimeout: Duration;
  /** How to write the database to a file and to restore it, with programs of the image. */
  readonly backup: (
    access: Access & { readonly host: string },
  ) => Pick<BackupRecipe, 'extension' | 'functions'>;
  /** The scheme of the connection URL, the parameters that it needs, and those that require TLS. */
  readonly url: Pick<UrlForm, 'scheme' | 'query' | 'tls'>;
}

/** An option in the arguments of a server. */
export interface Option {
  readonly name: string;
  /** The argument as the stack writes it. */
  readonly argument: string;
}

/** The options in arguments such as `--character-set-server=utf8mb4`. */
export function longOptions(args: readonly string[]): readonly Option[] {
  return args
    .filter((argument) => argument.startsWith('-'))
    .map((argument) => ({ name: optionName(argument), argument }));
}

/** The name of an option as {@link OwnChoice} writes it: `data-directory` for `--data_directory=/data`. */
export function optionName(argument: string): string {
  return argument.replace(/^-+/, '').replace(/=.*$/s, '').toLowerCase().replaceAll('_', '-');
}
