import { recordOf } from '../shape/lists';
import { quoted, text } from '../shape/words';

/** Policies that may be broken, and why. */
export const exceptionsKind = recordOf(
  text('the reason as a text'),
  (value) => `{ ${firstText(value, 'secrets-in-files')}: 'the reason' }`,
);

function firstText(value: unknown, usual: string): string {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return quoted(typeof first === 'string' ? first : usual);
}
