import type { Publication } from '../../constructs/model/publication';
import type { Workload } from '../../constructs/model/workload';
import type { Container } from '../container';

/** The published ports, and the network that they are in. */
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
