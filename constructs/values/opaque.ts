import { IssuesError } from '../issue';
import { whatItIs } from '../model/data';

/** What a message says about a value that was turned into a string. */
export interface Words {
  /** What the value is, such as `a reference to api`. It never contains the value of a secret. */
  readonly what: string;
  /** What to write instead; it completes the sentence "write …". */
  readonly write: string;
}

/**
 * Makes a value that cannot become a string by accident: in a template literal, with `+`, `String()`, `join`,
 * `JSON.stringify`, as a key of an object, or as a number. Each of these would lose the value in silence, because
 * JavaScript would write `[object Object]`. Instead, they throw, so that the message names the line of the stack.
 *
 * The properties are not enumerable: the value is printed and compared as before.
 *
 * @param made an object, or the prototype of a class
 * @param words what the message says about the value
 */
export function opaque<Made extends object>(made: Made, words: (value: Made) => Words): Made {
  function refuse(this: Made): never {
    const { what, write } = words(this);
    const sentence = `${what} was turned into a string, which would lose it: write ${write}`;
    throw new IssuesError([{ path: 'value', field: 'string', got: undefined, write, sentence }]);
  }
  // JSON.stringify passes a key. Printers, such as that of Jest, pass none.
  function toJson(this: Made, ...key: readonly unknown[]): unknown {
    return key.length === 0 ? this : refuse.call(this);
  }
  function describe(this: Made): string {
    return words(this).what;
  }
  const methods = { toString: refuse, toJSON: toJson, [Symbol.toPrimitive]: refuse, [whatItIs]: describe };
  for (const name of Reflect.ownKeys(methods) as (keyof typeof methods)[])
    Object.defineProperty(made, name, { value: methods[name], configurable: true, writable: true });
  return made;
}
