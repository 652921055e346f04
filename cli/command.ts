import type { Runner } from '../constructs/target/runner';
import type { Target } from '../constructs/target/target';
import { UsageError } from './failure';

/** What a command takes by its place: `catamaran new <application>`. */
export interface Argument {
  /** What it is, in one line of the help. */
  readonly summary: string;
  /** Whether the command can do nothing without it. @default false */
  readonly required?: boolean;
}

/** What a command takes by its name: `--environment <name>`. The name is the key, `registryMirror` for `--registry-mirror`. */
export interface Option {
  /** What it does, in one line of the help. */
  readonly summary: string;
  /** One letter: `e` for `-e`. @default no short form */
  readonly short?: string;
  /** A word for the value that follows, for the help: `folder` for `--out <folder>`. @default a flag, which is true or false */
  readonly value?: string;
  /** The value where none is given. @default undefined */
  readonly default?: string;
  /** Whether the command can do nothing without it. @default false */
  readonly required?: boolean;
}

/** The arguments of a command, in their order. */
export type Arguments = Readonly<Record<string, Argument>>;

/** The options of a command, in the order of the help. */
export type Options = Readonly<Record<string, Option>>;

type Text<Declared> = Declared extends { readonly required: true } | { readonly default: string }
  ? string
  : string | undefined;

/** What a command is given: a text for each argument and each option with a value, true or false for each flag. */
export type Given<A extends Arguments, O extends Options> = {
  readonly [Name in keyof A]: Text<A[Name]>;
} & {
  readonly [Name in keyof O]: O[Name] extends { readonly value: string } ? Text<O[Name]> : boolean;
};

/** What a command line says of it: what is not there is not said. */
export type Said<A extends Arguments, O extends Options> = {
  readonly [Name in keyof Given<A, O>]?: Given<A, O>[Name] | undefined;
};

/** What surrounds a command. */
export interface Context {
  /** The folder of the project: its `package.json` and its `stacks/` are in it. */
  readonly project: string;
  /** Every target that an environment may have. */
  readonly targets: readonly Target[];
  /** Runs the programs that a command needs, such as docker. */
  readonly run: Runner;
}

/** One thing that catamaran does, as a value. `commands/graph.ts` is a short one to start from. */
export interface Command<A extends Arguments = Arguments, O extends Options = Options> {
  /** The word that it is called by. */
  readonly name: string;
  /** What it does, in one sentence without its full stop. */
  readonly summary: string;
  readonly arguments: A;
  readonly options: O;
  /** Whole command lines, for the help. */
  readonly examples: readonly string[];
  /** Whether it is to change files of the project, so that a failure says that it changed none. @default never */
  writes?(given: Given<A, O>): boolean;
  /** Does it, and prints what a person wants to know. @throws IssuesError with everything that a user can mend */
  run(given: Given<A, O>, context: Context): void | Promise<void>;
}

/** A command whose `run` gets exactly what it declares, with its types. */
export function defineCommand<const A extends Arguments, const O extends Options>(
  command: Command<A, O>,
): Command<A, O> {
  return command;
}

/** The shortest command line that it can be called by: `catamaran secrets <application> --environment <name>`. */
export function shortestLine({ name, arguments: args, options }: Command): string {
  const words = [
    ...required(args).map((argument) => `<${argument}>`),
    ...required(options).map((option) => optionText(option, options[option])),
  ];
  return ['catamaran', name, ...words].join(' ');
}

/** An option as it is written: `--registry-mirror <url>`. */
export function optionText(name: string, option: Option | undefined): string {
  const long = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return option?.value === undefined ? long : `${long} <${option.value}>`;
}

/**
 * What a command is given where a command line says this: the rest has its default.
 * @throws UsageError that names everything that is missing
 */
export function completed<A extends Arguments, O extends Options>(
  command: Command<A, O>,
  said: Said<A, O>,
): Given<A, O> {
  const { name, arguments: args, options } = command;
  const values: Readonly<Record<string, unknown>> = said;
  const missing = [...required(args), ...required(options)].filter((one) => values[one] === undefined);
  if (missing.length > 0) {
    const verb = missing.length === 1 ? 'is' : 'are';
    throw new UsageError(
      `catamaran ${name}: ${listed(missing)} ${verb} missing: write ${shortestLine(command)}`,
    );
  }
  const given = [
    ...Object.keys(args).map((argument) => [argument, values[argument]]),
    ...Object.entries(options).map(([option, { value, default: text }]) => [
      option,
      values[option] ?? (value === undefined ? false : text),
    ]),
  ];
  return Object.fromEntries(given) as Given<A, O>;
}

function required(declared: Arguments | Options): string[] {
  return Object.entries(declared).flatMap(([name, one]) => (one.required === true ? [name] : []));
}

function listed(words: readonly string[]): string {
  const [last = '', ...before] = [...words].reverse();
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}
