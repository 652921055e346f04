import { Json } from '../values/json';
import { Later } from '../values/later';
import { Reference } from '../values/reference';
import { Text } from '../values/text';
import type { EnvironmentValue } from '../values/variable';

/** The plain text of a variable: what no reference made. */
export interface PlainText {
  /** The variable, as `env.NAME`. */
  readonly field: string;
  /** The text, with {@link gap} in the place of each reference and secret. */
  readonly text: string;
  /** Whether the stack says that the text is meant as it is: a text`` without references and secrets. */
  readonly isLiteral: boolean;
}

/** A character that stands for a reference or a secret. No host name has it. */
const gap = '\uFFFC';

/** The plain texts of variables. */
export function plainTextsOf(variables: Readonly<Record<string, EnvironmentValue>>): PlainText[] {
  return Object.entries(variables).flatMap(([name, value]): PlainText[] => {
    const field = `env.${name}`;
    if (value instanceof Reference || value instanceof Later) return [];
    if (value instanceof Text) {
      const text = value.parts.map((part) => (typeof part === 'string' ? part : gap)).join('');
      return [{ field, text, isLiteral: !text.includes(gap) }];
    }
    const text = value instanceof Json ? value.text : value;
    return typeof text === 'string' ? [{ field, text, isLiteral: false }] : [];
  });
}
