import type { PlannedImage } from '../constructs/model/image';
import type { Owned } from '../constructs/target/clashes';
import type { DockerPlan } from './plan';

/** The containers of each workload. */
export function ownedIn({ containers }: DockerPlan): Owned[] {
  return containers.map(({ name }) => ({ workload: name, title: `container ${name}` }));
}

/** Everything that a plan makes on an engine, as `container api`. */
export function objectsIn(plan: DockerPlan): string[] {
  const volumes = plan.containers.flatMap((container) => container.volumes);
  return [
    ...ownedIn(plan).map(({ title }) => title),
    ...plan.networks.map(({ name }) => `network ${name}`),
    ...volumes.map(({ name }) => `volume ${name}`),
  ];
}

/** The image of each container. */
export function imagesIn({ containers }: DockerPlan): PlannedImage[] {
  return containers.map(({ name: workload, image: name }) => ({ workload, name }));
}

/** Where visitors come in, as `proxy: 80 on the host`. */
export function publishedIn({ containers }: DockerPlan): string[] {
  return containers.flatMap(({ name, publish }) =>
    publish.map(({ port, address }) => {
      const place = address === '0.0.0.0' ? 'the host' : `${address} of the host`;
      return `${name}: ${port} on ${place}`;
    }),
  );
}
