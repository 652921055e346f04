import { isMade, isObject, wordsFor } from '../model/data';
import type { Kind } from './kind';

/** The same kind, whose messages never show a wrong value: it may be a password, or hold one. */
export function hidden<Value>(kind: Kind<Value>): Kind<Value> {
  return {
    optional: kind.optional,
    check: (value, field, problems) => {
      const before = problems.length;
      kind.check(value, field, problems);
      for (let index = before; index < problems.length; index++) {
        const problem = problems[index];
        if (problem?.field !== field || problem.sentence !== undefined) continue;
        const sentence = `${field} is ${typeName(value)}: write ${problem.write}`;
        problems[index] = { ...problem, got: undefined, sentence };
      }
    },
  };
}

/** What a value is, without the value itself. */
export function typeName(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (typeof value === 'string') return 'a text';
  if (typeof value === 'number') return Number.isFinite(value) ? 'a number' : 'not a finite number';
  if (Array.isArray(value)) return 'a list';
  if (!isObject(value)) return `a ${typeof value}`;
  // What a value says of itself never contains a secret.
  return wordsFor(value) ?? (isMade(value) ? `a ${value.constructor.name}` : 'an object');
}
