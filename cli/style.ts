import { styleText } from 'node:util';

// Colour only where a terminal shows it; https://no-color.org.
const coloured = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;

const style =
  (name: 'green' | 'grey' | 'red' | 'yellow') =>
  (text: string): string =>
    coloured ? styleText(name, text) : text;

/** For what went well. */
export const green = style('green');
/** For what can be passed over. */
export const grey = style('grey');
/** For what has to be mended. */
export const red = style('red');
/** For what should be read. */
export const yellow = style('yellow');
