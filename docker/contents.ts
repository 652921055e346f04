import type { PlannedImage } from '../constructs/model/image';
import { portText } from '../constructs/model/network';
import type { OwnedObject } from '../constructs/target/clashes';
import type { Contents } from '../constructs/target/contents';
import type { DockerPlan } from './plan';
import { publishedBy } from './services';
import { sharedVolumesOf } from './shared-volumes';

/** Lists the contents of a Docker plan. */
export const dockerContents: Contents<DockerPlan> = {
  owned,
  objects,
  images,
  published,
  passedThrough: (plan) => ({
    titles: servicesIn(plan),
    note: 'Written into compose.yaml as they are. The checks of the model do not know them',
  }),
  size: ({ networks, containers, services }) => ({
    count:
      networks.length +
      Object.keys(services).length +
      containers.reduce((sum, { replicas }) => sum + replicas, 0),
    unit: 'resources',
  }),
};

function owned({ containers }: DockerPlan): OwnedObject[] {
  // A shared volume has the name of its component.
  const shared = sharedVolumesOf(containers).map(({ name }) => ({ workload: name, title: `volume ${name}` }));
  const others = containers.flatMap(({ name: workload, volumes, secrets, imageFolders }) => {
    const titles = [
      `container ${workload}`,
      ...volumes.map(({ name }) => `volume ${name}`),
      ...[...secrets, ...imageFolders].map(({ id }) => `volume ${id}`),
    ];
    return titles.map((title) => ({ workload, title }));
  });
  return [...shared, ...others];
}

function servicesIn({ services }: DockerPlan): string[] {
  return Object.keys(services).map((name) => `service ${name}`);
}

function objects(plan: DockerPlan): string[] {
  const volumes = plan.containers.flatMap((container) => container.volumes);
  const shared = sharedVolumesOf(plan.containers);
  return [
    ...plan.containers.map(({ name }) => `container ${name}`),
    ...plan.networks.map(({ name }) => `network ${name}`),
    ...[...volumes, ...shared].map(({ name }) => `volume ${name}`),
    ...servicesIn(plan),
  ];
}

function images({ containers }: DockerPlan): PlannedImage[] {
  return containers.map(({ name: workload, image: name }) => ({ workload, name }));
}

function published({ containers, services }: DockerPlan): string[] {
  const own = Object.entries(services).flatMap(([name, service]) =>
    publishedBy(service).map((port) => `${name}: ${port} on the host`),
  );
  const made = containers.flatMap(({ name, publish }) =>
    publish.map(({ port, address, protocol }) => {
      const place = address === '0.0.0.0' ? 'the host' : `${address} of the host`;
      return `${name}: ${portText(port, protocol)} on ${place}`;
    }),
  );
  return [...made, ...own];
}
