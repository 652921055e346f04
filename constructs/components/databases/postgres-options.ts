import { optionName, type Option, type OwnChoice } from './engine';

/** The options that the component sets itself. */
export const postgresOwnOptions: readonly OwnChoice[] = [
  {
    names: ['D', 'data-directory'],
    write: 'no data folder, because the component knows the folder of its volume',
  },
  { names: ['p', 'port'], write: 'no port, because it is always 5432' },
  {
    names: ['h', 'i', 'listen-addresses'],
    write: 'no address, because the server listens at all addresses of its container',
  },
  {
    names: ['k', 'unix-socket-directories'],
    write: 'no folder for the socket, because it is always /var/run/postgresql',
  },
];

/** Short options of the server that take the next argument as their value. @see https://www.postgresql.org/docs/current/app-postgres.html */
const withValue = 'BCcDdfhkNpStW';

/** The options in arguments such as `-c`, `shared_buffers=256MB`, or `--port=5433`. */
export function postgresOptions(args: readonly string[]): readonly Option[] {
  const options: Option[] = [];
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? '';
    if (argument.startsWith('--')) options.push({ name: optionName(argument), argument });
    else if (argument.startsWith('-')) {
      const [, letter = '', rest = ''] = /^-(.)(.*)$/s.exec(argument) ?? [];
      const takesNext = rest === '' && withValue.includes(letter);
      const value = takesNext ? (args[++index] ?? '') : rest;
      const shown = takesNext ? `${argument} ${value}` : argument;
      options.push({ name: letter === 'c' ? optionName(value) : letter, argument: shown });
    }
  }
  return options;
}
