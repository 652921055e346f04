import type { Issue } from '../../constructs/issue';
import { publicAddresses } from '../../constructs/model/network';
import { placeOf } from '../../constructs/model/outside';
import { componentPath } from '../../constructs/model/path';
import { unique } from '../../constructs/model/sorted';
import type { ApplicationModel } from '../../constructs/model/workload';

/**
 * Reports services outside that have a private name, and no addresses: a network policy would open the public addresses
 * only, and no pod could reach them.
 */
export function privateHostIssues({ name: application, workloads }: ApplicationModel): Issue[] {
  const closed = workloads
    .flatMap(({ connections }) => connections)
    .flatMap((connection) => {
      if (connection.kind !== 'external' || placeOf(connection.host).kind !== 'private-name') return [];
      const { name, host, addresses } = connection;
      return addresses.every((block) => publicAddresses.includes(block)) ? [{ name, host }] : [];
    });
  return unique(closed).map(({ name, host }) => {
    const write = "them as CIDR blocks, such as addresses: ['10.20.0.0/16']";
    const sentence =
      `addresses is missing, but ${host} is a private name: a network policy cannot name it, and would open ` +
      `the public addresses only: write ${write}`;
    return { path: componentPath(application, name), field: 'addresses', got: undefined, write, sentence };
  });
}
