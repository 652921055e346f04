import { renderTemplate } from '../../constructs/model/template';
import type { Workload } from '../../constructs/model/workload';
import { present } from './application';

/** The text of a variable, with the names of its secrets in angle brackets. */
export function variable({ variables }: Workload, name: string): string {
  return renderTemplate(
    present(variables[name]),
    (text) => text,
    (secret) => `<${secret}>`,
  );
}
