import type { BackendProps } from 'catamaran';
import type { ManifestOf } from '../../charts/manifest';
import { writtenFiles, type Planned } from '../../constructs/pipeline/plan';
import type { Feature } from '../../constructs/model/features';
import { onDocker, onKubernetes, planOfApp, present, withProps, type Build } from '../support/application';
import { expandByKubelet, interpolateByCompose } from '../support/expansion';
import { objectsOf } from '../support/written';

/**
 * Makes a test for each field of a workload that the checks are about: a check says what makes the field mean the same
 * on both targets. Returns the checks, for `every-field.ts`.
 */
export function proveEach<Field extends Feature>(
  checks: Readonly<Record<Field, () => void>>,
): Readonly<Record<Field, () => void>> {
  test.each(Object.entries<() => void>(checks))('%s means the same on both targets', (_, check) => {
    check();
  });
  return checks;
}

/** One application, planned for both targets. */
interface Both {
  readonly docker: Planned;
  readonly kubernetes: Planned;
}

/** Plans one application for both targets. */
export function both(build: Build, folder?: string): Both {
  const options = folder === undefined ? {} : { folder };
  return {
    docker: planOfApp(build, onDocker, options),
    kubernetes: planOfApp(build, onKubernetes, options),
  };
}

/** A backend with these props, planned for both targets. */
export function backend(props: Partial<BackendProps> = {}): Both {
  return both(withProps(props));
}

/** The note on a field, if there is one. */
export function noteOf({ notes }: Planned, field: Feature) {
  return notes.find((note) => note.field === field);
}

/** The words that a program in a pod gets: the kubelet expands variables in them. */
export function afterKubelet(words: readonly string[] | undefined): string[] | undefined {
  return words?.map((word) =>
    expandByKubelet(word, { NAME: 'expanded', PATH: 'expanded', HOME: 'expanded' }),
  );
}

/** The words that a container gets from compose, which interpolates variables in them. */
export function afterCompose(words: readonly string[] | undefined): string[] | undefined {
  return words?.map((word) => interpolateByCompose(word, { NAME: 'interpolated', HOME: 'interpolated' }));
}

/** The configuration of the nginx of an application on Docker. */
export function nginxOnDocker(docker: Planned): string {
  const files = Object.entries(writtenFiles(docker, ''));
  return present(files.find(([path]) => path.endsWith('/default.conf')))[1];
}

/** The same on Kubernetes. */
export function nginxOnKubernetes(kubernetes: Planned): string {
  return present(present(objectsOf(kubernetes, 'ConfigMap')[0]).data?.['default.conf']);
}

/** The connections that the network policies of one end allow, as `from -> to:port`. */
export function policyEdges(planned: Planned, direction: 'Ingress' | 'Egress'): string[] {
  const instance = 'app.kubernetes.io/instance';
  return objectsOf(planned, 'NetworkPolicy')
    .flatMap((policy: ManifestOf<'NetworkPolicy'>) => {
      const self = policy.spec?.podSelector.matchLabels?.[instance];
      const rules =
        direction === 'Ingress'
          ? policy.spec?.ingress?.map(({ from, ports }) => ({ peers: from, ports }))
          : policy.spec?.egress?.map(({ to, ports }) => ({ peers: to, ports }));
      return (rules ?? []).flatMap(({ peers, ports }) => {
        return (peers ?? []).flatMap((peer) => {
          const other = peer.podSelector?.matchLabels?.[instance];
          if (self === undefined || other === undefined || other === self) return [];
          const [from, to] = direction === 'Ingress' ? [other, self] : [self, other];
          return (ports ?? []).map(({ port }) => `${from} -> ${to}:${port}`);
        });
      });
    })
    .sort();
}
