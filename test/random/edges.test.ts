import fc from 'fast-check';
import type { ManifestOf, PolicyPeer, PolicyPort } from '../../charts/manifest';
import { connectionsOf, type Edges } from './edges';
import { validOn } from './application';
import type { Description } from './description';
import { acceptedFor } from './places';
import { plannedOf, type Written } from './outcome';
import { holds } from './runs';
import { composeOf, objectsOf } from '../support/written';

/** Stands for all that is no component. */
const outside = 'outside';

/** The same components in a cluster, with nothing that an environment says of them. */
function inCluster({ place, ...description }: Description): Description {
  return {
    ...description,
    place: {
      target: 'kubernetes',
      namespace: 'raft',
      registry: 'registry.example.com',
      choices: place.choices ?? {},
      secrets: { kind: 'env-file', name: '.env' },
      components: serversOf(description.components),
      ...acceptedFor(description.components),
      proxy: { kind: 'nginx' },
      gitops: { kind: 'none' },
    },
  };
}

/** A cluster has no programs of a host: a server stands for each. */
function serversOf(components: Description['components']): Description['place']['components'] {
  const programs = components.filter(({ kind }) => kind === 'host-program');
  return Object.fromEntries(
    programs.map(({ name }) => [name, { managed: { host: '10.9.8.7', port: 8080 } }]),
  );
}

function onHost({ place, ...description }: Description): Description {
  return { ...description, place: { ...place, components: {} } };
}

/** Who can connect to whom, as the model says. */
function ofModel({ planned: { model } }: Written): Edges {
  return connectionsOf(
    model.workloads.flatMap(({ name, connections }) =>
      connections.map((connection): [string, string] => [
        name,
        connection.kind === 'workload' ? connection.workload : outside,
      ]),
    ),
  );
}

/** As the networks of the compose file let it: one for each reference, in which the called one has a name. */
function ofNetworks({ planned }: Written): Edges {
  const { services, networks } = composeOf(planned);
  return connectionsOf(
    Object.entries(networks).flatMap(([network, { internal }]): [string, string][] => {
      const members = Object.entries(services).flatMap(([name, service]) => {
        const attached = service.networks?.[network];
        return attached ? [{ name, aliases: attached.aliases ?? [] }] : [];
      });
      if (network.endsWith('_publish')) return [];
      if (network.endsWith('_outbound')) return members.map(({ name }) => [name, outside]);
      expect(internal).toBe(true);
      expect(members).toHaveLength(2);
      const called = members.filter(({ aliases }) => aliases.length > 0);
      expect(called.map(({ aliases }) => aliases)).toEqual(called.map(({ name }) => [name]));
      return members
        .filter(({ name }) => name !== called[0]?.name)
        .map(({ name }) => [name, called[0]?.name ?? '']);
    }),
  );
}

const instance = 'app.kubernetes.io/instance';

/** A connection of an application has one port. Only DNS servers may be asked over UDP and TCP. */
function isNotDns({ ports }: { readonly ports?: readonly PolicyPort[] }): boolean {
  return new Set((ports ?? []).map(({ protocol }) => protocol)).size === 1;
}

/** As the policies let it, on the way out and, where nobody else may come in, on the way in. */
function ofPolicies({ planned }: Written): {
  readonly out: Edges;
  readonly into: Edges;
  readonly open: string[];
} {
  const policies = objectsOf(planned, 'NetworkPolicy').filter(
    ({ metadata }) => metadata.name !== 'default.deny',
  );
  const peers = (rules: readonly { readonly peers: readonly PolicyPeer[] | undefined }[]) =>
    rules.flatMap(({ peers: some }) => some ?? []);
  const ingress = ({ spec }: ManifestOf<'NetworkPolicy'>) => spec?.ingress ?? [];
  const open = policies.filter((policy) => ingress(policy).some(({ from }) => from === undefined));
  return {
    out: connectionsOf(
      policies.flatMap(({ metadata, spec }) =>
        peers((spec?.egress ?? []).filter(isNotDns).map(({ to }) => ({ peers: to }))).flatMap(
          ({ podSelector, ipBlock }): [string, string][] => {
            const to = ipBlock ? outside : podSelector?.matchLabels?.[instance];
            return to === undefined ? [] : [[metadata.name, to]];
          },
        ),
      ),
    ),
    into: connectionsOf(
      policies.flatMap((policy) =>
        peers(ingress(policy).map(({ from }) => ({ peers: from }))).flatMap(
          ({ podSelector }): [string, string][] => {
            const from = podSelector?.matchLabels?.[instance];
            // A rule for itself opens nothing.
            return from === undefined || from === policy.metadata.name ? [] : [[from, policy.metadata.name]];
          },
        ),
      ),
    ),
    open: open.map(({ metadata }) => metadata.name),
  };
}

test('networks on Docker and network policies on Kubernetes allow exactly the connections of the model', () => {
  holds(
    200,
    fc.property(validOn('docker'), (description) => {
      const [host, cluster] = [plannedOf(onHost(description)), plannedOf(inCluster(description))];
      const model = ofModel(host);
      expect(ofModel(cluster)).toEqual(model);
      expect(ofNetworks(host)).toEqual(model);
      const { out, into, open } = ofPolicies(cluster);
      expect(out).toEqual(model);
      // Who is published lets everybody in, at that port.
      const isClosed = (edge: string) => !open.some((name) => edge.endsWith(` -> ${name}`));
      const inner = model.filter((edge) => !edge.endsWith(` -> ${outside}`));
      expect(into.filter(isClosed)).toEqual(inner.filter(isClosed));
      expect(inner).toEqual(expect.arrayContaining([...into]));
      const published = description.components.flatMap(({ name, props }) =>
        'publish' in props ? [name] : [],
      );
      expect(open.toSorted()).toEqual(published.toSorted());
    }),
  );
});
