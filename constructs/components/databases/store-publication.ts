import type { EnvironmentSpec } from '../../environment/environment';
import type { Issue } from '../../issue';
import type { Exposure } from '../../model/network';

/** The facts about a store that decide whether it may be published. */
export interface PublishedStore extends Pick<EnvironmentSpec, 'publishesAt'> {
  readonly name: string;
  /** The port of the store. */
  readonly port: number;
  readonly hasPassword: boolean;
  /** Whether somebody else runs the store. */
  readonly isManaged: boolean;
}

type Wrong = Pick<Issue, 'write' | 'sentence'>;

/**
 * What is wrong with the publication of a store; undefined if nothing is. A store is published for programs of the Docker
 * host only: on a cluster, kubectl reaches it.
 */
export function publicationProblem(exposure: Exposure, store: PublishedStore): Wrong | undefined {
  const { name, port, hasPassword, isManaged, publishesAt } = store;
  if (isManaged) {
    const write = 'no expose, because the provider of the service publishes it';
    return { write, sentence: `expose is not possible for a managed service: write ${write}` };
  }
  if (publishesAt !== 'host-port') {
    const write = `no expose, and run kubectl port-forward service/${name} ${port}:${port} when you need it`;
    return { write, sentence: `expose would open ${name} to everybody outside the cluster: write ${write}` };
  }
  if (hasPassword || exposure.kind !== 'host-port' || exposure.address.startsWith('127.')) return undefined;
  const write = `hostPort(${exposure.port}), which is at 127.0.0.1 only, or take noPassword out of ${name}`;
  return {
    write,
    sentence: `expose would open ${name}, which asks for no password, to everybody: write ${write}`,
  };
}
