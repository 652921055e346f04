import type { Connection } from '../model/network';
import type { Problem } from '../shape/kind';
import { internetConnections, type InternetAccess } from '../values/internet';

/** The connections to the internet that a component asks for. Reports an issue if it names no port. */
export function toInternet(
  internet: InternetAccess | undefined,
  report: (issue: Problem) => void,
): readonly Connection[] {
  if (internet === undefined) return [];
  if (internet.ports.length === 0)
    report({ field: 'internet.ports', got: [], write: 'at least one port, such as [443]' });
  return internetConnections(internet);
}
