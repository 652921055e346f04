import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

export const privateNetworks: Policy<DockerPlan> = {
  name: 'private-networks',
  rule: 'A network contains only the containers that it was made for.',
  why: 'Another container in the network can connect to any port of the others, although no reference allows it.',
  sources: ['https://docs.docker.com/engine/network/', 'docker-bench-security check_5_29'],
  check: eachContainer(({ name, networks }) =>
    networks
      .filter(({ network }) => !endsOf(network.name).includes(name))
      .map(({ network: { name: got } }) => ({
        field: 'networks',
        got,
        write: `a network of ${name}, which a reference to the other component makes, such as its url`,
      })),
  ),
};

// Networks are named `caller.called`, `name_publish` and `name_outbound`. Names of components have no dot and no
// underscore.
function endsOf(network: string): readonly string[] {
  return network.replace(/_(publish|outbound)$/, '').split('.');
}
