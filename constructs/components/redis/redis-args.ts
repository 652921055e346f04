import type { Problem } from '../../shape/kind';

/** Settings of a server that its component sets itself, by name: why, and what to write instead. */
export type OwnSettings = Readonly<Record<string, string>>;

/** Settings that a cache and a store have in common. */
export const commonSettings: OwnSettings = {
  aclfile: 'it has one user, `default`, with a password of its own',
  bind: 'it listens at every address, and only components that refer to it can connect',
  daemonize: 'a container ends with its first program',
  dir: 'it is /data',
  logfile: 'the log is the output of the container',
  masterauth: 'an argument is for everybody to see, in the list of processes',
  maxmemory: 'it is a part of the limit: write memory: Size.mebibytes(…)',
  port: 'it is 6379',
  'protected-mode': 'only components that refer to it can connect',
  requirepass: 'it has a password of its own, as a secret',
  supervised: 'a container ends with its first program',
  user: 'it has one user, `default`, with a password of its own',
};

const example = "options with their values, such as ['--hz', '20']";

/**
 * What is wrong with the arguments of a server of Redis: `--name value`, for each setting.
 * @param own the settings that the component sets itself
 * @param wrongValue why a value of a setting is wrong; undefined if it is right
 */
export function argumentProblems(
  args: readonly string[],
  own: OwnSettings,
  wrongValue: (name: string, value: string) => string | undefined = () => undefined,
): Problem[] {
  const [first = ''] = args;
  if (args.length > 0 && !first.startsWith('--')) return [notAnOption(first)];
  return args.flatMap((arg, index): Problem[] => {
    if (!arg.startsWith('--')) return [];
    const [, name = '', rest = ''] = /^--([^\s=]*)\s*(.*)$/s.exec(arg) ?? [];
    const setting = name.toLowerCase();
    const reason = Object.hasOwn(own, setting)
      ? own[setting]
      : wrongValue(setting, rest === '' ? (args[index + 1] ?? '') : rest);
    if (reason !== undefined)
      return [problem(`--${name}`, 'it otherwise', `args has --${name}, which is set already: ${reason}`)];
    if (!rest.startsWith('=')) return [];
    const write = `'--${name}', '${rest.slice(1)}'`;
    return [problem(arg, write, `args has ${arg}, but the server takes a name and a value: write ${write}`)];
  });
}

function notAnOption(first: string): Problem {
  if (/(?:^|\/)(?:redis|valkey|keydb)-server$/.test(first)) {
    const write = 'its options alone';
    const sentence = `args starts with ${first}, but the component starts the server itself: write ${write}`;
    return problem(first, write, sentence);
  }
  const write = first.endsWith('.conf') ? `['--include', '${first}']` : example;
  return problem(first, write, `args starts with ${first}, which is no option: write ${write}`);
}

function problem(got: string, write: string, sentence: string): Problem {
  return { field: 'args', got, write, sentence };
}
