import type { SecretFolder } from '../model/storage';
import { Json } from './json';
import type { Reference } from './reference';
import { Secret, SecretFile } from './secret';

/** What an environment variable can be set to. */
export type EnvironmentValue = string | number | boolean | Json | Secret | SecretFile | Reference;

/** The secrets among variables, also those that are files. */
export function secretsIn(variables: Readonly<Record<string, EnvironmentValue>>): Secret[] {
  return Object.values(variables).flatMap((value) => {
    if (value instanceof SecretFile) return [value.secret];
    return value instanceof Secret ? [value] : [];
  });
}

/** The files of secrets that variables name. */
export function secretFolders(variables: Readonly<Record<string, EnvironmentValue>>): SecretFolder[] {
  const files = Object.values(variables).filter((value) => value instanceof SecretFile);
  const names = [...new Set(files.map(({ secret }) => secret.key))].sort();
  if (names.length === 0) return [];
  return [{ path: SecretFile.folder, files: Object.fromEntries(names.map((name) => [name, name])) }];
}

/**
 * Says what to write in place of a plain value, or nothing. NaN is a number to the compiler, and a variable of the
 * process may be nothing.
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
