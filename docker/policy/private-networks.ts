import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

/** Connections are the references; an override can take a container into another's network. */
export const privateNetworks: Policy<DockerPlan> = {
  name: 'private-networks',
  rule: 'The network of a reference, or to the outside, has the containers in it that it is made for alone.',
  why: 'A third could connect to both of them at any port, although no reference says so.',
  sources: ['https://docs.docker.com/engine/network/', 'docker-bench-security check_5_29'],
  check: eachContainer(({ name, networks }) =>
    networks
      .filter(({ network }) => !endsOf(network.name).includes(name))
      .map(({ network: { name: got } }) => ({
        field: 'networks',
        got,
        write: `a reference of ${name}, as the url of the component that it calls`,
      })),
  ),
};

// As `caller.called`, `name_publish` and `name_outbound`: no component has a dot or an underscore in its name.
function endsOf(network: string): readonly string[] {
  return network.replace(/_(publish|outbound)$/, '').split('.');
}
