import { sharedPort } from '../model/network';
import { componentPath } from '../model/path';
import { publications } from '../model/publication';
import type { ApplicationModel } from '../model/workload';

/** Something that only one application can have, such as a port of a host. */
export interface Claim {
  /** Two claims with the same key are for the same thing. */
  readonly key: string;
  /** The component or environment that claims it. */
  readonly path: string;
  readonly field: string;
  readonly got: unknown;
  /** What to write instead. @param owner the application with the other claim */
  readonly write: (owner: string) => string;
  /** The whole sentence, as in `Issue`. @default made from field, value and what to write */
  readonly sentence?: (owner: string) => string;
}

/**
 * The ports that an application publishes and no other can use.
 * @param host the name of the host, or of the cluster, whose nodes share their ports
 */
export function portClaims({ name, workloads, environmentName }: ApplicationModel, host: string): Claim[] {
  return workloads.flatMap((workload) =>
    publications(workload).flatMap(({ exposure }): Claim[] => {
      const port = sharedPort(exposure);
      if (port === undefined) return [];
      return [
        {
          key: [exposure.kind, environmentName, host, port].join(' '),
          path: componentPath(name, workload.name),
          field: 'publish',
          got: port,
          write: (owner) => `another port, because ${owner} publishes this one in ${environmentName}`,
        },
      ];
    }),
  );
}
