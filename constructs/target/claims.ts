import { portText, sharedPort } from '../model/network';
import { componentPath } from '../model/path';
import { publications } from '../model/publication';
import type { ApplicationModel } from '../model/workload';

/** Something that only one application in one environment can have, such as a port of a host. */
export interface Claim {
  /** What is claimed, such as `namespace shop`. */
  readonly key: string;
  /**
   * The host or cluster that has the claimed thing; undefined if the environment does not say it. Two claims with the
   * same key collide unless both name a place, and the places are different.
   */
  readonly place: string | undefined;
  /** The component or environment that claims it. */
  readonly path: string;
  readonly field: string;
  readonly got: unknown;
  /** What to write instead. @param owner the application and environment with the other claim, such as `shop (dev)` */
  readonly write: (owner: string) => string;
  /** The whole sentence, as in `Issue`. @default made from field, value and what to write */
  readonly sentence?: (owner: string) => string;
}

/**
 * The ports that an application publishes and no other can use.
 * @param place the host, or the cluster, whose nodes share their ports; undefined if it is not known
 * @param elsewhere what to write in environments whose hosts or clusters are different
 */
export function portClaims(
  { name, environmentName, workloads }: ApplicationModel,
  place: string | undefined,
  elsewhere: string,
): Claim[] {
  return workloads.flatMap((workload) =>
    publications(workload).flatMap(({ exposure, port: { protocol } }): Claim[] => {
      const shared = sharedPort(exposure, protocol);
      if (shared === undefined) return [];
      const write = (owner: string) => `another port, because ${owner} publishes this one; or ${elsewhere}`;
      return [
        {
          key: shared.key,
          place,
          path: componentPath(name, workload.name),
          field: 'publish',
          got: shared.number,
          write,
          sentence: (owner) =>
            `publish is ${portText(shared.number, protocol)} in ${environmentName}: write ${write(owner)}`,
        },
      ];
    }),
  );
}
