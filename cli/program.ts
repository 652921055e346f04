import { types } from 'node:util';
import { Command as Parser, CommanderError, Option } from 'commander';
import {
  optionText,
  shortestLine,
  withDefaults,
  type Command,
  type CommandContext,
  type Option as Declared,
} from './command';
import { commands } from './commands/index';
import { runProgram } from '../constructs/target/runner';
import { fail, UsageError } from './failure';
import { stackPosition } from './project/place';
import { thrownIssues } from './project/thrown';
import { targets } from './targets';

export { watchEnd } from './process-end';

/** Runs a command line. Prints errors, and sets the exit code to 0 or 1. */
export async function catamaran(args: readonly string[], project: string): Promise<void> {
  handleStrayErrors(project);
  // `catamaran help synth` means `catamaran synth --help`.
  const words = args[0] === 'help' ? [...args.slice(1), '--help'] : args;
  const [name = '--help'] = words;
  const known = Object.hasOwn(commands, name) || name.startsWith('-');
  try {
    // If no command has this name, only the name is parsed, so that the error is about the name.
    await parserOf({ project, targets, run: runProgram }).parseAsync(known ? words : [name], {
      from: 'user',
    });
  } catch (error) {
    if (error instanceof CommanderError) end(error, words, project);
    else fail(error, project, false);
  }
}

/** Ends the process in words for errors that no `catch` sees: of the output, and of promises and timers of a stack. */
function handleStrayErrors(project: string): void {
  const stop = (error: unknown) => {
    fail(error, project, false);
    // Node.js would end here as well. A timer that throws again and again would never end.
    process.exit();
  };
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A reader such as head may close the pipe early. That is no error, and the command continues to its end.
      if (error.code !== 'EPIPE') stop(new UsageError(`The output cannot be written: ${error.message}`));
    });
  for (const event of ['uncaughtException', 'unhandledRejection'])
    process.on(event, (error: unknown) => {
      // An error without a line of the stack is a defect of ours, or of a package.
      const isOfStack = !types.isNativeError(error) || stackPosition(error, project) !== undefined;
      stop(isOfStack ? thrownIssues(error, 'a promise or a timer', 'stacks') : error);
    });
}

/** A parser with the names of all commands. It loads only the command that is on the command line. */
function parserOf(context: CommandContext): Parser {
  const { version, description } = require('catamaran/package.json') as Readonly<Record<string, string>>;
  const parser = new Parser('catamaran')
    .usage('<command> [options]')
    .description(description ?? '')
    .version(version ?? '', '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'Show the help of a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        console.log(text.trimEnd());
      },
      writeErr: (text) => {
        console.error(text.trimEnd());
      },
      // end() prints the error.
      outputError: () => undefined,
    })
    .configureHelp({
      subcommandTerm: (one) => one.name(),
      // Only the list of commands needs all summaries, and so loads all commands.
      subcommandDescription: (one) => commands[one.name()]?.().summary ?? one.description(),
    })
    .hook('preSubcommand', (_, own) => {
      const command = commands[own.name()]?.();
      if (command) declare(own, command, context);
    });
  for (const name of Object.keys(commands)) parser.command(name);
  return parser;
}

function declare(parser: Parser, command: Command, context: CommandContext): void {
  const names = Object.keys(command.arguments);
  const optional = names.filter((name) => command.arguments[name]?.required !== true);
  const line = [shortestLine(command), ...optional.map((name) => `[${name}]`), '[options]'].join(' ');
  parser
    .description(command.summary)
    .usage(line.slice(`catamaran ${command.name} `.length))
    .addHelpText('after', ['\nExamples:', ...command.examples.map((example) => `  ${example}`)].join('\n'));
  // The parser treats all arguments as optional, because withDefaults() reports all missing ones at once.
  for (const name of names) parser.argument(`[${name}]`, command.arguments[name]?.summary);
  for (const [name, option] of Object.entries(command.options)) {
    const long = optionText(name, option);
    const declared = new Option(
      option.short === undefined ? long : `-${option.short}, ${long}`,
      option.summary,
    );
    let given: string | undefined;
    if (option.value !== undefined)
      declared.argParser((text: string) => {
        if (given !== undefined)
          parser.error(`error: option '${long}' is given twice, with ${given} and ${text}: write it once`);
        given = text;
        return valueOf(text, long, option, parser);
      });
    if (option.default !== undefined) declared.default(option.default);
    parser.addOption(declared);
  }
  // Checked below, because the parser does not say which argument is one too many.
  parser.allowExcessArguments();
  parser.action(async () => {
    const [extra] = parser.args.slice(names.length);
    const takes = names.length === 0 ? 'no arguments' : `only ${names.map((one) => `<${one}>`).join(' ')}`;
    if (extra !== undefined)
      parser.error(`error: argument '${extra}' is one too many: ${command.name} takes ${takes}`);
    const args = Object.fromEntries(names.map((name, place) => [name, parser.args[place]]));
    await perform(command, { ...args, ...parser.opts<Record<string, string | boolean>>() }, context);
  });
}

function valueOf(text: string, long: string, { required }: Declared, parser: Parser): string {
  // Mostly a shell variable that is not set. As a folder, it would be the project itself.
  const write = required === true ? 'write a value' : 'write a value, or leave the option out';
  if (text === '') return parser.error(`error: option '${long}' is "": ${write}`);
  // A value that starts with - is another option: the user forgot the value.
  if (!text.startsWith('-')) return text;
  return parser.error(`error: option '${long}' has no value, but is followed by ${text}`);
}

async function perform(command: Command, values: object, context: CommandContext): Promise<void> {
  const input = withDefaults(command, values);
  try {
    await command.run(input, context);
  } catch (error) {
    fail(error, context.project, command.writes?.(input) ?? false);
  }
}

/** Ends a command line that runs no command. The help and the version are printed already; an error is printed here. */
function end({ exitCode, code, message }: CommanderError, words: readonly string[], project: string): void {
  const [name = ''] = words;
  if (code.startsWith('commander.help') || code === 'commander.version') {
    if (exitCode > 0) process.exitCode = exitCode;
    return;
  }
  const [, text = ''] = /^(?:error: )?(.*)$/s.exec(message) ?? [];
  const wrong = `${text.charAt(0).toUpperCase()}${text.slice(1)}`
    .replace(/' argument missing$/, "' has no value")
    .replace(/\.?\n\(Did you mean (.*)\?\)$/s, ': did you mean $1?');
  fail(new UsageError(`${wrong}${prefixed(code, text, name)}\n${moreAbout(name, words)}`), project, false);
}

// The parser suggests an option that differs in a few letters, but not one of which only the start was written.
function prefixed(code: string, text: string, name: string): string {
  const [, start] = /^unknown option '(--[^']+)'$/.exec(text) ?? [];
  if (code !== 'commander.unknownOption' || start === undefined) return '';
  const options = Object.entries(commands[name]?.().options ?? {});
  const found = options
    .map(([option, declared]) => optionText(option, declared).replace(/ .*/, ''))
    .find((option) => option.startsWith(start));
  return found === undefined ? '' : `: did you mean ${found}?`;
}

function moreAbout(name: string, words: readonly string[]): string {
  if (Object.hasOwn(commands, name)) return `catamaran ${name} --help shows its arguments and options`;
  const command = words.find((word) => Object.hasOwn(commands, word));
  return name.startsWith('-') && command !== undefined
    ? `Options stand after the command: write catamaran ${command} ${words.filter((word) => word !== command).join(' ')}`
    : 'catamaran --help lists the commands';
}
