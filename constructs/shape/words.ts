import { adviceFor, kindOf, type Advice, type Kind } from './kind';

/** A text as TypeScript writes it: `'it\'s'`. */
export function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`)}'`;
}

/** A text. @param write what to write instead of a value that is no text */
export function text(write = 'a text'): Kind<string> {
  return kindOf((value) => {
    if (typeof value === 'string') return undefined;
    return typeof value === 'number' && Number.isFinite(value) ? quoted(String(value)) : write;
  });
}

/** A text that says something: not empty, and not only spaces. @param write what to write instead of another value */
export function nonEmptyText(write: string): Kind<string> {
  return kindOf((value) => (typeof value === 'string' && value.trim() !== '' ? undefined : write));
}

/** A number. Its range is checked where the number is used. @param write what to write instead of another value */
export function number(write: string): Kind<number> {
  return kindOf((value) => {
    if (typeof value === 'number') return undefined;
    const isNumber = typeof value === 'string' && /^-?\d{1,15}(\.\d{1,9})?$/.test(value.trim());
    return isNumber ? String(Number(value)) : write;
  });
}

/** `true` or `false`. */
export const flag: Kind<boolean> = kindOf((value) => {
  if (typeof value === 'boolean') return undefined;
  return value === 'true' || value === 'false' ? value : 'true or false';
});

/** One of a few words or numbers. */
export function oneOf<const Word extends string | number>(...words: readonly Word[]): Kind<Word> {
  const write = words.length > 1 ? `one of ${words.join(', ')}` : words.join('');
  return kindOf((value) => (words.some((word) => word === value) ? undefined : write));
}

/** An object that a class of this library has made. @param write what to write instead of another value */
export function instance<Made>(made: (value: unknown) => boolean, write: Advice): Kind<Made> {
  return kindOf((value) => (made(value) ? undefined : adviceFor(value, write)));
}

/** A function. @param write what to write instead of another value */
export function callable<Called>(write: string): Kind<Called> {
  return kindOf((value) => (typeof value === 'function' ? undefined : write));
}
