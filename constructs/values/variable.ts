import type { SecretFolder } from '../model/storage';
import type { Kind } from '../shape/kind';
import { typeName } from '../shape/hidden';
import { isObject, isPlainMapping } from '../model/data';
import { Json } from './json';
import { Reference } from './reference';
import { Secret, SecretFile } from './secret';

/** The value of an environment variable. */
export type EnvironmentValue = string | number | boolean | Json | Secret | SecretFile | Reference;

/** The secrets that variables use, as values or as files. */
export function secretsIn(variables: Readonly<Record<string, EnvironmentValue>>): Secret[] {
  return Object.values(variables).flatMap((value) => {
    if (value instanceof SecretFile) return [value.secret];
    return value instanceof Secret ? [value] : [];
  });
}

/** The files for variables whose value is {@link Secret.file}. */
export function secretFolders(variables: Readonly<Record<string, EnvironmentValue>>): SecretFolder[] {
  const files = Object.values(variables).filter((value) => value instanceof SecretFile);
  const names = [...new Set(files.map(({ secret }) => secret.key))].sort();
  if (names.length === 0) return [];
  return [{ path: SecretFile.folder, files: Object.fromEntries(names.map((name) => [name, name])) }];
}

/**
 * What to write instead of a value that no variable can have; undefined if the value is good. TypeScript
 * accepts NaN as a number, and JavaScript accepts any value.
 */
export function valueProblem(value: Json | string | number | boolean): string | undefined {
  if (value instanceof Json) return isJson(value.text) ? undefined : 'valid JSON, or Json.of(data)';
  if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return undefined;
  return 'a text, a finite number, true or false';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Classes whose objects can be the value of a variable. */
const values = [Json, Secret, SecretFile, Reference] as const;

/** Environment variables. Messages never show what is in a wrong value: it may be a password. */
export const variablesKind: Kind<Readonly<Record<string, EnvironmentValue>>> = {
  optional: false,
  check: (variables, field, problems) => {
    if (!isPlainMapping(variables)) {
      const write = "an object, such as { LOG_LEVEL: 'info' }";
      problems.push({
        field,
        got: undefined,
        write,
        sentence: `${field} is ${typeName(variables)}: write ${write}`,
      });
      return;
    }
    for (const [name, value] of Object.entries(variables)) {
      const write = insteadOf(value);
      if (write === undefined) continue;
      const sentence = `${field}.${name} is ${typeName(value)}: write ${write}`;
      problems.push({ field: `${field}.${name}`, got: undefined, write, sentence });
    }
  },
};

function insteadOf(value: unknown): string | undefined {
  if (values.some((known) => value instanceof known)) return undefined;
  if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return undefined;
  const plainValue = 'a text, a finite number, true or false';
  if (Array.isArray(value) || isPlainMapping(value))
    return `${plainValue}, or Json.of(…) for a value in JSON`;
  return isObject(value) ? `${plainValue}, or a reference, such as api.url` : plainValue;
}
