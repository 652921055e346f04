import { limits, spaceOf } from '../model/limits';
import type { Fault } from '../policy/policy';
import { bytes } from './report';

/** A text that a program starts with, and the field that it is in. A variable is `NAME=value`. */
export interface ProgramText {
  readonly field: string;
  readonly text: string;
}

/** Finds texts that Linux cannot start a program with. @param all the name of all fields together */
export function programFaults(texts: readonly ProgramText[], all: string): Fault[] {
  return [
    ...texts.flatMap(({ field, text }) => [
      ...sizeFault(field, Buffer.byteLength(text), limits.argument.most),
      ...(text.includes('\0') ? [withoutNul(field)] : []),
    ]),
    ...sizeFault(all, spaceOf(texts.map(({ text }) => text)), limits.arguments.most),
  ];
}

function withoutNul(field: string): Fault {
  const write = 'a text without it';
  const sentence = `${field} has a NUL character: write ${write}`;
  return { field, got: 'a text with a NUL character', write, sentence };
}

/** A list with a fault if something has too many bytes. */
export function sizeFault(field: string, size: number, most: number): Fault[] {
  if (size <= most) return [];
  const write = `${bytes.text(most)} or less`;
  return [{ field, got: size, write, sentence: `${field} is ${bytes.text(size)}: write ${write}` }];
}
