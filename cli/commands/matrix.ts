import type { Feature } from '../../constructs/model/features';
import type { Support } from '../../constructs/target/lowering';
import type { Target } from '../../constructs/target/target';
import { defineCommand } from '../command';

/** Prints how each target supports each field of the model, as a Markdown table. */
export const matrix = defineCommand({
  name: 'matrix',
  summary: 'Print how each target supports each field of the model, as a Markdown table',
  arguments: {},
  options: {},
  examples: ['catamaran matrix'],
  run(_, { targets }) {
    console.log(matrixTable(targets));
  },
});

/** The table, with one column for each target. */
export function matrixTable(columns: readonly Target[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const fields = (Object.keys(columns[0]?.table ?? {}) as Feature[]).sort();
  return [
    row(['field', ...columns.map(({ title }) => title)]),
    row(['---', ...columns.map(() => '---')]),
    ...fields.map((field) => row([field, ...columns.map(({ table }) => cell(table[field]))])),
  ].join('\n');
}

function cell(entry: Support<never, never>): string {
  switch (entry.support) {
    case 'native':
      return 'native';
    case 'emulated':
      return `emulated: ${notes(entry)}`;
    case 'limited':
      return `emulated: ${notes(entry)}; refused beyond that: ${entry.reason}`;
    case 'bounded':
      return `${entry.differences.length > 0 ? `emulated: ${notes(entry)}` : 'native'}; always refused beyond that: ${entry.reason}`;
    case 'refused':
      return `refused: ${entry.reason}`;
  }
}

function notes({ differences }: { readonly differences: readonly { readonly note: string }[] }): string {
  return differences.map(({ note }) => note).join('. ');
}
