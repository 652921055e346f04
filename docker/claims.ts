import type { DockerSpec } from '../constructs/environment/docker';
import type { Environment } from '../constructs/environment/environment';
import { componentPath, deployedName, environmentPath } from '../constructs/model/path';
import { sharedVolumesOf } from '../constructs/model/shared-volume';
import type { ApplicationModel } from '../constructs/model/workload';
import { portClaims, type Claim } from '../constructs/target/claims';
import { publishedBy } from './services';

const elsewhere = 'name different hosts with host';

/**
 * An application in one environment claims its ports on the host, and the names of its containers and volumes on the
 * engine. Such a name is made of the application, the environment and the component: `shop` in `dev` with `api-web`, and
 * `shop` in `dev-api` with `web`, would have the same containers and the same data.
 */
export function engineClaims(
  model: ApplicationModel,
  { name, host, services }: Environment<DockerSpec>,
): Claim[] {
  const place = machineOf(host);
  const project = deployedName(model.name, name);
  const names = [
    ...model.workloads.flatMap(({ name: component, volumes }) => [
      { component, title: `container ${project}-${component}` },
      ...volumes.map((volume) => ({ component, title: `volume ${project}-${component}-${volume.name}` })),
    ]),
    ...sharedVolumesOf(model).map((volume) => ({
      component: volume.name,
      title: `volume ${project}-${volume.name}`,
    })),
  ];
  return [
    ...portClaims(model, place, elsewhere),
    ...serviceClaims(model, services, place),
    ...names.map(({ component, title }): Claim => {
      const write = (owner: string) =>
        `another name, because ${owner} has a ${title} as well; or ${elsewhere}`;
      return {
        key: title,
        place,
        path: componentPath(model.name, component),
        field: 'name',
        got: component,
        write,
        sentence: (owner) => `name is ${JSON.stringify(component)} in ${name}: write ${write(owner)}`,
      };
    }),
  ];
}

/** The ports that services in compose's own form publish. */
function serviceClaims(
  { name, environmentName }: ApplicationModel,
  services: DockerSpec['services'],
  place: string,
): Claim[] {
  return Object.entries(services).flatMap(([service, one]) =>
    publishedBy(one).map((port): Claim => {
      const field = `services.${service}.ports`;
      const write = (owner: string) => `another port, because ${owner} publishes this one; or ${elsewhere}`;
      return {
        key: `host-port ${port}`,
        place,
        path: environmentPath(name, environmentName),
        field,
        got: port,
        write,
        sentence: (owner) => `${field} has ${port}: write ${write(owner)}`,
      };
    }),
  );
}

/**
 * The machine of an engine. An environment without `host` runs on this machine, and so does every engine at a socket
 * here. Users and ports of `ssh://user@host:22` are left out: they lead to the same machine.
 */
function machineOf(host: string | undefined): string {
  const here = 'this machine';
  if (host === undefined || !URL.canParse(host)) return host ?? here;
  const { hostname } = new URL(host);
  return ['', 'localhost', '127.0.0.1', '[::1]'].includes(hostname) ? here : hostname.toLowerCase();
}
