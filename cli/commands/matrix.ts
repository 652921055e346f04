import type { Workload } from '../../constructs/model/workload';
import type { Support } from '../../constructs/target/lowering';
import type { Target } from '../../constructs/target/target';
import { targets } from '../targets';

/** Prints, as a Markdown table, what each target does with each field of the model. */
export function matrix(): void {
  console.log(matrixTable(targets));
}

/** The table, made from the tables of the targets. */
export function matrixTable(columns: readonly Target[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const [first] = columns;
  const fields = (Object.keys(first?.table ?? {}) as (keyof Workload)[]).sort();
  return [
    row(['field', ...columns.map(({ title }) => title)]),
    row(['---', ...columns.map(() => '---')]),
    ...fields.map((field) => row([field, ...columns.map(({ table }) => cell(table[field]))])),
  ].join('\n');
}

function cell(entry: Support<never>): string {
  switch (entry.support) {
    case 'native':
      return 'native';
    case 'emulated':
      return `emulated: ${entry.note}`;
    case 'limited':
      return `emulated: ${entry.note}; refused beyond that: ${entry.reason}`;
    case 'refused':
      return `refused: ${entry.reason}`;
  }
}
