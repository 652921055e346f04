import { isPlainMapping, wordsFor } from '../model/data';
import { adviceFor, kindOf, type Advice, type Kind } from './kind';
import { quoted } from './words';

const textItem: Kind<string> = kindOf((value) => {
  if (typeof value === 'string') return undefined;
  return typeof value === 'number' && Number.isFinite(value) ? quoted(String(value)) : 'a text';
});

/** A list. @param write what to write instead of a value that is no list */
export function listOf<Item>(item: Kind<Item>, write: Advice): Kind<readonly Item[]> {
  return {
    optional: false,
    check: (value, field, problems) => {
      if (Array.isArray(value)) {
        // A plain loop, because `forEach` leaves out the holes of a list.
        for (let index = 0; index < value.length; index++)
          item.check(value[index], `${field}[${index}]`, problems);
      } else problems.push({ field, got: value, write: adviceFor(value, write) });
    },
  };
}

/** An object whose keys the user chooses. @param write what to write instead of a value that is no such object */
export function recordOf<Item>(item: Kind<Item>, write: Advice): Kind<Readonly<Record<string, Item>>> {
  return {
    optional: false,
    check: (value, field, problems) => {
      if (!isPlainMapping(value)) {
        problems.push({ field, got: value, write: adviceFor(value, write) });
        return;
      }
      for (const key of Object.keys(value)) item.check(value[key], `${field}.${key}`, problems);
    },
  };
}

// A reference or a secret in a command would be there for everybody to see, in the list of processes.
const word: Kind<string> = {
  ...textItem,
  check: (value, field, problems) => {
    if (wordsFor(value) === undefined) textItem.check(value, field, problems);
    else {
      const write = 'a plain text, and pass the value in env, where the program reads it';
      problems.push({ field, got: value, write });
    }
  },
};

/** The arguments of a program. */
export const programArguments: Kind<readonly string[]> = listOf(word, (value) =>
  typeof value === 'string' ? `[${quoted(value)}]` : "a list of texts, such as ['--port', '8000']",
);

/** A program and its arguments. */
export const command: Kind<readonly string[]> = listOf(word, (value) =>
  typeof value === 'string' ? commandFor(value) : "a list, such as ['node', 'server.js']",
);

/** A list of texts. @param write what to write instead of another value; a single text shows its own list */
export function texts(write: string): Kind<readonly string[]> {
  return listOf(textItem, (value) => (typeof value === 'string' ? `[${quoted(value)}]` : write));
}

// Only a shell understands quotes, variables and pipes.
function commandFor(line: string): string {
  const parts = /["'$|&;<>*?`\\(){}]/.test(line) ? ['sh', '-c', line] : line.trim().split(/\s+/);
  return `[${parts.map(quoted).join(', ')}]`;
}
