import { kubernetesTable } from '../../charts/lower/table';
import type { Workload } from '../../constructs/model/workload';
import { dockerTable } from '../../docker/lower/table';
import { defineCommand } from '../command';

/** What a table says of a field, whatever the types of the field's value are. */
type Entry =
  | { readonly support: 'native' }
  | { readonly support: 'emulated'; readonly note: string }
  | { readonly support: 'limited'; readonly note: string; readonly reason: string }
  | { readonly support: 'refused'; readonly reason: string };

/** Prints, as a Markdown table, what each target does with each field of the model. */
export const matrix = defineCommand({
  name: 'matrix',
  summary: 'Print what each target does with each field of the model, as a Markdown table',
  arguments: {},
  options: {},
  examples: ['catamaran matrix'],
  run() {
    console.log(matrixTable());
  },
});

/** The table, made from the code of both targets. */
export function matrixTable(): string {
  const kubernetes: Record<keyof Workload, Entry> = kubernetesTable;
  const docker: Record<keyof Workload, Entry> = dockerTable;
  const fields = (Object.keys(kubernetes) as (keyof Workload)[]).sort();
  const rows = fields.map((field) => `| ${field} | ${cell(kubernetes[field])} | ${cell(docker[field])} |`);
  return ['| field | Kubernetes | Docker |', '| --- | --- | --- |', ...rows].join('\n');
}

function cell(entry: Entry): string {
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
