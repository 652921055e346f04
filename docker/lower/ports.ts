import type { Difference } from '../../constructs/target/lowering';
import { lowPorts } from '../../constructs/model/privilege';
import type { Publication } from '../../constructs/model/publication';
import type { Workload } from '../../constructs/model/workload';
import type { Container } from '../container';

/** The notes on the ports that programs listen on. */
export const portDifferences: readonly Difference<Workload['ports']>[] = [
  {
    when: (_, workload) => lowPorts(workload).length > 0,
    note:
      'Docker lets every user of a container listen on ports below 1024 since version 20.10. With an older engine, or ' +
      'another one such as Podman, only root can',
  },
];

/** The ports of the host that lead to a container, and the network that they need. */
export function lowerExposure(
  published: readonly Publication[],
  { name }: Workload,
): Pick<Container, 'publish' | 'networks'> {
  const publish = published.flatMap(({ exposure, port: { number: target, protocol } }) =>
    exposure.kind === 'host-port'
      ? [{ port: exposure.port, target, address: exposure.address, ...(protocol !== 'tcp' && { protocol }) }]
      : [],
  );
  if (publish.length === 0) return { publish, networks: [] };
  return {
    publish,
    networks: [{ network: { name: `${name}_publish`, kind: 'publish' }, aliases: [] }],
  };
}
