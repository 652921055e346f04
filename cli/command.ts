import { listed } from '../constructs/model/words';
import type { Runner } from '../constructs/target/runner';
import type { Target } from '../constructs/target/target';
import { UsageError } from './failure';

/** A positional argument of a command, such as `catamaran new <application>`. */
export interface Argument {
  /** One line about it, for the help. */
  readonly summary: string;
  /** Whether the command can do nothing without it. @default false */
  readonly required?: boolean;
}

/** An option of a command, such as `--environment <name>`. `registryMirror` in code is `--registry-mirror`. */
export interface Option {
  /** One line about it, for the help. */
  readonly summary: string;
  /** One letter: `e` for `-e`. @default no short form */
  readonly short?: string;
  /** The name of its value in the help, such as `folder` in `--out <folder>`. @default none: a flag, true or false */
  readonly value?: string;
  /** The value if the option is left out. @default undefined */
  readonly default?: string;
  /** Whether the command can do nothing without it. @default false */
  readonly required?: boolean;
}

/** The positional arguments of a command, in order. */
export type Arguments = Readonly<Record<string, Argument>>;

/** The options of a command, in the order in which the help lists them. */
export type Options = Readonly<Record<string, Option>>;

type Text<Declared> = Declared extends { readonly required: true } | { readonly default: string }
  ? string
  : string | undefined;

/** The input of a command: a text for each argument and each option with a value, true or false for each flag. */
export type Input<A extends Arguments, O extends Options> = {
  readonly [Name in keyof A]: Text<A[Name]>;
} & {
  readonly [Name in keyof O]: O[Name] extends { readonly value: string } ? Text<O[Name]> : boolean;
};

/** The part of the input that is on a command line. */
export type PartialInput<A extends Arguments, O extends Options> = {
  readonly [Name in keyof Input<A, O>]?: Input<A, O>[Name] | undefined;
};

/** What a command works with, besides its input. */
export interface CommandContext {
  /** The folder of the project, with `package.json` and `stacks/`. */
  readonly project: string;
  /** All targets. */
  readonly targets: readonly Target[];
  /** Runs other programs, such as docker. */
  readonly run: Runner;
}

/** A command of the command line. `commands/graph.ts` is a short example. */
export interface Command<A extends Arguments = Arguments, O extends Options = Options> {
  /** The name on the command line, such as `synth`. */
  readonly name: string;
  /** One sentence about it, for the help, without a full stop. */
  readonly summary: string;
  readonly arguments: A;
  readonly options: O;
  /** Complete command lines, for the help. */
  readonly examples: readonly string[];
  /**
   * Finds an argument or option that would have no effect, such as an option that is only for another one. Returns what
   * to do, as {@link onlyWith} and {@link notWith} do. @default every input is fine
   */
  misuse?(input: Input<A, O>): string | undefined;
  /**
   * Whether the command writes files with this input. If it fails, the user reads that nothing was written.
   * @default never
   */
  writes?(input: Input<A, O>): boolean;
  /** Runs the command and prints its results. @throws IssuesError with all mistakes of the user */
  run(input: Input<A, O>, context: CommandContext): void | Promise<void>;
}

/** Makes a command. The types of the input of `run` come from the declared arguments and options. */
export function defineCommand<const A extends Arguments, const O extends Options>(
  command: Command<A, O>,
): Command<A, O> {
  return command;
}

/** The command line with all that is required, such as `catamaran secrets <application> --environment <name>`. */
export function shortestLine({ name, arguments: args, options }: Command): string {
  const words = [
    ...required(args).map((argument) => `<${argument}>`),
    ...required(options).map((option) => optionText(option, options[option])),
  ];
  return ['catamaran', name, ...words].join(' ');
}

/** An option as users write it, such as `--registry-mirror <url>`. */
export function optionText(name: string, option: Option | undefined): string {
  const long = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return option?.value === undefined ? long : `${long} <${option.value}>`;
}

/**
 * Adds the defaults to the input on a command line.
 * @throws UsageError with everything that is required and missing, or for an option that would have no effect
 */
export function withDefaults<A extends Arguments, O extends Options>(
  command: Command<A, O>,
  input: PartialInput<A, O>,
): Input<A, O> {
  const { name, arguments: args, options } = command;
  const values: Readonly<Record<string, unknown>> = input;
  const missing = [...required(args), ...required(options)].filter((one) => values[one] === undefined);
  if (missing.length > 0) {
    const verb = missing.length === 1 ? 'is' : 'are';
    throw new UsageError(
      `catamaran ${name}: ${listed(missing)} ${verb} missing: write ${shortestLine(command)}`,
    );
  }
  const complete = [
    ...Object.keys(args).map((argument) => [argument, values[argument]]),
    ...Object.entries(options).map(([option, { value, default: text }]) => [
      option,
      values[option] ?? (value === undefined ? false : text),
    ]),
  ];
  const all = Object.fromEntries(complete) as Input<A, O>;
  const misuse = command.misuse?.(all);
  if (misuse !== undefined) throw new UsageError(`catamaran ${name}: ${misuse}`);
  return all;
}

/** The advice for an option that has no effect without another one. */
export function onlyWith(option: string, other: string): string {
  return `${option} has no effect without ${other}: add ${other}, or leave ${option} out`;
}

/** The advice for an argument or option that has no effect beside another one. */
export function notWith(option: string, other: string): string {
  return `${option} has no effect with ${other}: leave one of them out`;
}

function required(declared: Arguments | Options): string[] {
  return Object.entries(declared).flatMap(([name, one]) => (one.required === true ? [name] : []));
}
