import type { Issue } from '../../issue';
import { quoted } from '../../shape/words';
import { listed } from '../../model/words';
import type { DatabaseEngine, OwnChoice } from './engine';

type Found = Omit<Issue, 'path'>;

/** Reports arguments that the component sets itself, or that the server does not start with. */
export function argumentIssues(args: readonly string[], engine: DatabaseEngine): Found[] {
  const [first] = args;
  if (first !== undefined && !first.startsWith('-')) {
    const rest = args.slice(1).map(quoted).join(', ');
    const write = rest === '' ? 'no program, because the image has it' : `[${rest}], without the program`;
    return [
      {
        field: 'args',
        got: first,
        write,
        sentence: `args starts with ${JSON.stringify(first)}: write ${write}`,
      },
    ];
  }
  return engine.options(args).flatMap(({ name, argument }): Found[] => {
    const own = engine.ownOptions.find(({ names }) => names.includes(name));
    if (!own) return [];
    return [has('args', argument, argument, own)];
  });
}

/** Reports variables that the component sets itself. @param variables the plain texts of variables, by name */
export function variableIssues(
  variables: Readonly<Record<string, unknown>>,
  engine: DatabaseEngine,
): Found[] {
  return Object.entries(variables).flatMap(([name, value]): Found[] => {
    const own = engine.ownVariables.find(({ names }) => names.includes(name.replace(/_FILE$/, '')));
    if (!own) return [];
    if (own.values && !(typeof value === 'string' && own.values.test(value))) return [];
    return [has(`env.${name}`, name, name, own)];
  });
}

function has(field: string, got: string, shown: string, { write }: OwnChoice): Found {
  const place = field.replace(/\..*$/, '');
  return { field, got, write, sentence: `${place} has ${shown}, which is not possible here: write ${write}` };
}

/** Reports the names of initialization scripts that the image would not run. */
export function scriptIssues(names: readonly string[], { scripts }: DatabaseEngine): Found[] {
  return names.flatMap((name): Found[] => {
    const problem = scriptProblem(name, scripts);
    if (problem === undefined) return [];
    const sentence = `init has ${JSON.stringify(name)}: write ${problem}`;
    return [{ field: `init.${name}`, got: name, write: problem, sentence }];
  });
}

function scriptProblem(name: string, scripts: readonly string[]): string | undefined {
  if (/\.(?:gz|xz|zst)$/.test(name)) return 'the script as a text: a compressed file is none';
  if (name.includes('/')) return 'a file name without a folder, such as 10-schema.sql';
  const isRun = scripts.some((extension) => name.endsWith(extension));
  if (!isRun) return `a file name that ends with ${listed(scripts).replace(' and ', ' or ')}`;
  return /^[A-Za-z0-9][\w.-]*$/.test(name)
    ? undefined
    : 'a file name of letters, digits and - . _, that starts with a letter or a digit';
}
