import { styleText } from 'node:util';

// Colours only for a terminal. See also https://no-color.org.
const coloured = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;

const style =
  (name: 'green' | 'grey' | 'red' | 'yellow') =>
  (text: string): string =>
    coloured ? styleText(name, text) : text;

/** For success. */
export const green = style('green');
/** For less important text. */
export const grey = style('grey');
/** For errors. */
export const red = style('red');
/** For warnings and notes. */
export const yellow = style('yellow');
