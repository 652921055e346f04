import { Command as Parser, CommanderError, Option } from 'commander';
import { completed, optionText, shortestLine, type Command, type Context } from './command';
import { commands } from './commands/index';
import { runProgram } from '../constructs/target/runner';
import { fail, UsageError } from './failure';
import { targets } from './targets';

/** Runs the command that a command line asks for. It tells what goes wrong, and sets the exit code: 0, or 1. */
export async function catamaran(args: readonly string[], project: string): Promise<void> {
  // Whoever reads no further, such as head, has what was asked for; the command goes on to its end.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  // help is another way to write --help.
  const words = args[0] === 'help' ? [...args.slice(1), '--help'] : args;
  const [name = '--help'] = words;
  const known = Object.hasOwn(commands, name) || name.startsWith('-');
  try {
    // A name that no command has is the mistake, whatever follows it.
    await parserOf({ project, targets, run: runProgram }).parseAsync(known ? words : [name], {
      from: 'user',
    });
  } catch (error) {
    if (error instanceof CommanderError) end(error, name, project);
    else fail(error, project, false);
  }
}

/** A parser that knows the names of all commands, and loads the one that it meets. */
function parserOf(context: Context): Parser {
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
      // It is told at the end, in our words.
      outputError: () => undefined,
    })
    .configureHelp({
      subcommandTerm: (one) => one.name(),
      // All commands are loaded for their summaries, and for nothing else.
      subcommandDescription: (one) => commands[one.name()]?.().summary ?? one.description(),
    })
    .hook('preSubcommand', (_, own) => {
      const command = commands[own.name()]?.();
      if (command) declare(own, command, context);
    });
  for (const name of Object.keys(commands)) parser.command(name);
  return parser;
}

function declare(parser: Parser, command: Command, context: Context): void {
  const names = Object.keys(command.arguments);
  const optional = names.filter((name) => command.arguments[name]?.required !== true);
  const line = [shortestLine(command), ...optional.map((name) => `[${name}]`), '[options]'].join(' ');
  parser
    .description(command.summary)
    .usage(line.slice(`catamaran ${command.name} `.length))
    .addHelpText('after', ['\nExamples:', ...command.examples.map((example) => `  ${example}`)].join('\n'));
  // Those that are missing are told all at once, by the command.
  for (const name of names) parser.argument(`[${name}]`, command.arguments[name]?.summary);
  for (const [name, option] of Object.entries(command.options)) {
    const long = optionText(name, option);
    const declared = new Option(
      option.short === undefined ? long : `-${option.short}, ${long}`,
      option.summary,
    );
    if (option.value !== undefined) declared.argParser((text: string) => valueOf(text, long, parser));
    if (option.default !== undefined) declared.default(option.default);
    parser.addOption(declared);
  }
  parser.action(async () => {
    const args = Object.fromEntries(names.map((name, place) => [name, parser.args[place]]));
    await perform(command, { ...args, ...parser.opts<Record<string, string | boolean>>() }, context);
  });
}

// An option in the place of a value: somebody forgot the value.
function valueOf(text: string, option: string, parser: Parser): string {
  if (!text.startsWith('-')) return text;
  return parser.error(`error: option '${option}' has no value: what follows is ${text}`);
}

async function perform(command: Command, values: object, context: Context): Promise<void> {
  const given = completed(command, values);
  try {
    await command.run(given, context);
  } catch (error) {
    fail(error, context.project, command.writes?.(given) ?? false);
  }
}

/** How a command line ends that runs no command: with what was asked for, or with what is wrong and where to read more. */
function end({ exitCode, code, message }: CommanderError, name: string, project: string): void {
  if (code.startsWith('commander.help') || code === 'commander.version') {
    if (exitCode > 0) process.exitCode = exitCode;
    return;
  }
  const [, text = ''] = /^(?:error: )?(.*)$/s.exec(message) ?? [];
  const wrong = `${text.charAt(0).toUpperCase()}${text.slice(1)}`
    .replace(/' argument missing$/, "' has no value")
    .replace(/\.?\n\(Did you mean (.*)\?\)$/s, ': did you mean $1?');
  const more = Object.hasOwn(commands, name)
    ? `catamaran ${name} --help shows what it takes`
    : 'catamaran --help lists the commands';
  fail(new UsageError(`${wrong}\n${more}`), project, false);
}
