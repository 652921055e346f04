import { sharedPort } from '../model/network';
import { componentPath } from '../model/path';
import { publications } from '../model/publication';
import type { ApplicationModel } from '../model/workload';

/** Something that only one application can have, such as a port of a host. */
export interface Claim {
  /** The same for two applications that want the same thing. */
  readonly key: string;
  /** The component or environment that wants it. */
  readonly path: string;
  readonly field: string;
  readonly got: unknown;
  /** What to write instead. @param owner the application that has it already */
  readonly write: (owner: string) => string;
  /** The whole sentence, where field, value and what to write make none. @default made of these */
  readonly sentence?: (owner: string) => string;
}

/**
 * The ports that an application takes for itself.
 * @param host names the host, or the cluster whose nodes share their ports
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
