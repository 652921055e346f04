import { isMapping, type Mapping } from '../constructs/model/data';
import { shellWord } from '../constructs/model/program';
import { readYaml } from '../constructs/model/read-yaml';
import type { Files, Update } from '../constructs/target/update';

/** What an update reads of compose.yaml. */
interface Project {
  readonly name: string;
  /** The services that run all the time. */
  readonly running: readonly string[];
  readonly volumes: readonly DataVolume[];
}

/** A volume with data, and the services that mount it. */
interface DataVolume {
  /** The name on the engine, such as `shop-dev_database-data`. */
  readonly name: string;
  /** The first service that mounts it. */
  readonly service: string;
  /** The services that mount it and run all the time; the first one if there is none. */
  readonly running: readonly string[];
  readonly image: string;
  readonly path: string;
}

/**
 * Compares two versions of compose.yaml: which volumes stay behind with their data, and which containers keep running.
 * @param folder the folder of the new files, as a user writes it
 */
export function compareUpdates(before: Files, after: Files, folder: string): Update[] {
  const [old, now] = [before['compose.yaml'], after['compose.yaml']];
  if (old === undefined || old === now) return [];
  const [was, is] = [projectOf(old), projectOf(now ?? '')];
  return [...volumesLeft(was, is), ...containersLeft(was, is, shellWord(`${folder}/compose.yaml`))];
}

function volumesLeft(was: Project, is: Project): Update[] {
  const [old, now] = [names(was.volumes), names(is.volumes)];
  const added = is.volumes.filter(({ name }) => !old.includes(name));
  return was.volumes
    .filter(({ name }) => !now.includes(name))
    .map((volume) => {
      const { name, service, path } = volume;
      const heir = added.find((other) => other.service === service && other.path === path);
      return heir ? renamed(volume, heir, was) : removed(name);
    });
}

function renamed(volume: DataVolume, heir: DataVolume, was: Project): Update {
  const { name, service, running, image, path } = volume;
  const mounts = `--volume ${name}:/from:ro --volume ${heir.name}:/to`;
  return {
    object: `volume ${name}`,
    effect: 'leaves-data',
    reason: `${service} gets the volume ${heir.name} at ${path} instead. The new volume starts empty, and the data stays in the old one.`,
    steps: [
      '# Write the old name again. Or copy the data before the update:',
      `docker compose --project-name ${was.name} stop ${running.join(' ')}`,
      `docker run --rm --user 0 --entrypoint cp ${mounts} ${image} -a /from/. /to`,
      `# When nobody needs the old data: docker volume rm ${name}`,
    ],
  };
}

function removed(name: string): Update {
  return {
    object: `volume ${name}`,
    effect: 'leaves-data',
    reason: 'It is no longer in compose.yaml. Its data stays on the host, and nothing uses it.',
    steps: [`# When nobody needs the old data: docker volume rm ${name}`],
  };
}

function containersLeft(was: Project, is: Project, file: string): Update[] {
  if (was.name === '') return [];
  if (was.name !== is.name)
    return [
      {
        object: `project ${was.name}`,
        effect: 'stays-behind',
        reason: 'It is no longer in the files, and its containers keep running.',
        steps: [`docker compose --project-name ${was.name} down`],
      },
    ];
  return was.running
    .filter((service) => !is.running.includes(service))
    .map((service) => ({
      object: `service ${service}`,
      effect: 'stays-behind',
      reason: 'It is no longer in compose.yaml, and docker compose up alone does not remove its containers.',
      steps: [`docker compose --file ${file} up --detach --remove-orphans`],
    }));
}

function names(volumes: readonly DataVolume[]): string[] {
  return volumes.map(({ name }) => name);
}

function projectOf(text: string): Project {
  const content = readYaml(text) ?? {};
  const name = typeof content['name'] === 'string' ? content['name'] : '';
  const services = Object.entries(mapping(content['services'])).map(([service, options]) => ({
    service,
    options: mapping(options),
  }));
  const running = services
    .filter(({ options }) => options['restart'] === 'unless-stopped')
    .map(({ service }) => service);
  const mounts = services.flatMap(({ service, options }) =>
    list(options['volumes'])
      .map(mapping)
      .filter(({ type }) => type === 'volume')
      .map((mount) => ({ service, image: imageOf(options), fills: options['secrets'] !== undefined, mount })),
  );
  // The volumes of secrets are filled by services that get the secrets. Those of which each mount says whether the engine
  // copies a folder of the image are thrown away with the release.
  const withoutData = new Set(
    mounts.flatMap(({ fills, mount: { source, read_only: readOnly } }) =>
      (fills && readOnly !== true) ||
      mounts.every(({ mount }) => mount['source'] !== source || 'nocopy' in mapping(mount['volume']))
        ? [source]
        : [],
    ),
  );
  const volumes = mounts
    .filter(({ mount }) => !withoutData.has(mount['source']))
    .map(({ service, image, mount: { source, target } }): DataVolume => {
      const users = mounts.filter(({ mount }) => mount['source'] === source).map((user) => user.service);
      const stopped = users.filter((user) => running.includes(user));
      return {
        name: `${name}_${String(source)}`,
        service,
        running: stopped.length > 0 ? stopped : [service],
        image,
        path: String(target),
      };
    });
  return {
    name,
    running,
    volumes: [...new Map(volumes.toReversed().map((volume) => [volume.name, volume])).values()].toReversed(),
  };
}

/** The image of a service, under the name that its build gives it. */
function imageOf({ image, build }: Mapping): string {
  return String(image ?? list(mapping(build)['tags'])[0]);
}

function mapping(value: unknown): Mapping {
  return isMapping(value) ? value : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
