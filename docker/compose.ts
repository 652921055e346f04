import { posix } from 'node:path';
import { renderTemplate, type Template } from '../constructs/model/template';
import { toYaml, type YamlMap } from '../constructs/target/yaml';
import {
  withoutHost,
  inboundOnly,
  labelOf,
  type Container,
  type Files,
  type HealthCheck,
  type Network,
} from './container';
import { composeOptions } from './engine-options';
import { literal } from './interpolation';
import type { DockerPlan } from './plan';

/**
 * The files of a compose project: compose.yaml and the configuration that it mounts, by path.
 * @param sources the way from compose.yaml to the application's folder, with / between folders
 */
export function composeFiles(plan: DockerPlan, sources: string): Record<string, string> {
  const configs = plan.containers.flatMap((container) => container.configs);
  const mounted = configs.flatMap(({ id, files }) =>
    Object.entries(files).map(([name, content]) => [`${id}/${name}`, content] as const),
  );
  return { 'compose.yaml': toYaml(project(plan, sources)), ...Object.fromEntries(mounted) };
}

// Keys in the order that dclint wants: https://github.com/zavoloklom/docker-compose-linter
function project(plan: DockerPlan, sources: string): YamlMap {
  const services = plan.containers.flatMap((container): [string, YamlMap][] => [
    [container.name, service(container, sources)],
    ...container.secrets.map((secrets): [string, YamlMap] => [
      fillerName(secrets),
      filler(container, secrets, sources),
    ]),
  ]);
  const volumes = plan.containers.flatMap(({ volumes: data, secrets }) => [
    ...data.map(({ name }) => name),
    ...secrets.map(({ id }) => id),
  ]);
  return {
    name: plan.project,
    services: sorted(Object.fromEntries(services)),
    networks: Object.fromEntries(plan.networks.map((network) => [network.name, networkOptions(network)])),
    volumes: nonEmpty(Object.fromEntries(volumes.sort().map((name) => [name, {}]))),
    secrets: nonEmpty(fileSecrets(plan)),
  };
}

function service(container: Container, sources: string): YamlMap {
  const { networks, environment, publish, health, run, grace, entrypoint, command } = container;
  return {
    ...image(container, sources),
    depends_on: nonEmpty(dependencies(container)),
    volumes: nonEmptyList([
      ...container.volumes.map(({ name, path }) => ({ type: 'volume', source: name, target: path })),
      ...container.configs.map(({ id, path }) => ({
        type: 'bind',
        source: `./${id}`,
        target: path,
        read_only: true,
      })),
      ...container.secrets.map(({ id, path }) => ({
        type: 'volume',
        source: id,
        target: path,
        read_only: true,
      })),
    ]),
    environment: nonEmpty(
      Object.fromEntries(Object.entries(environment).map(([name, template]) => [name, variable(template)])),
    ),
    ports: nonEmptyList(publish.map(({ port, target, address }) => `${address}:${port}:${target}`)),
    ...(networks.length === 0
      ? { network_mode: 'none' }
      : {
          networks: Object.fromEntries(
            networks.map(({ network, aliases }) => [network.name, aliases.length > 0 ? { aliases } : {}]),
          ),
        }),
    command: nonEmptyList(command.map(literal)),
    entrypoint: nonEmptyList(entrypoint.map(literal)),
    restart: run === 'once' ? 'no' : 'unless-stopped',
    healthcheck: health.map(healthCheck)[0],
    logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
    user: userOf(container),
    ...sorted({
      ...confined,
      ...composeOptions(container.engine),
      ...pullPolicy(container),
      develop: whenChanged(container),
      cpu_shares: container.cpuShares,
      cpus: container.cpus,
      mem_limit: container.memory,
      mem_reservation: container.memoryReservation,
      memswap_limit: container.memory,
      pids_limit: container.pids,
      read_only: true,
      scale: container.replicas === 1 ? undefined : container.replicas,
      stop_grace_period: `${grace}ms`,
      tmpfs: nonEmptyList(container.tmpfs.map(({ path, size }) => `${path}:mode=1777,size=${size}`)),
    }),
  };
}

/**
 * Makes a container new when a secret that it reads as a file has another value. Compose compares services by
 * all that they say, and says nothing of this to the engine: a rule for `docker compose watch`, that watches
 * nothing.
 */
function whenChanged({ secrets }: Container): YamlMap | undefined {
  const names = [...new Set(secrets.flatMap(({ files }) => Object.values(files)))].sort();
  if (names.length === 0) return undefined;
  const ignore = ['**', ...names.map((name) => variable([{ secret: name }]))];
  return { watch: [{ path: '.', action: 'restart', ignore }] };
}

const confined = { cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] };

/**
 * Compose puts secrets into no container whose root is read-only: another of the same image takes them into
 * a volume that only the one container has, and ends.
 */
function filler(container: Container, { id, path, files }: Files, sources: string): YamlMap {
  return {
    ...image(container, sources),
    volumes: [{ type: 'volume', source: id, target: path }],
    secrets: Object.entries(files).map(([name, secret]) => ({
      source: secret,
      target: posix.join(path, name),
      // With an owner, compose asks the engine to find the container's user by name, which may have none.
      mode: '0444',
    })),
    network_mode: 'none',
    entrypoint: ['true'],
    restart: 'no',
    user: userOf(container),
    ...sorted({
      ...confined,
      ...pullPolicy(container),
      cpus: 0.1,
      mem_limit: 16 * 1024 ** 2,
      pids_limit: 8,
      tmpfs: nonEmptyList(owned(container)),
    }),
  };
}

// What the image declares a volume, and nothing is mounted at, would be one that nobody owns.
function owned({ volumes, tmpfs }: Container): string[] {
  return [...volumes, ...tmpfs].map(({ path }) => `${path}:mode=1777,size=1048576`);
}

function userOf({ user }: Container): string {
  return `${user.uid}:${user.gid}`;
}

// No component has a dot in its name.
function fillerName(files: Files): string {
  return labelOf(files).replace(/-secrets$/, '.secrets');
}

function fileSecrets(plan: DockerPlan): YamlMap {
  const names = plan.containers.flatMap(({ secrets }) =>
    secrets.flatMap(({ files }) => Object.values(files)),
  );
  return Object.fromEntries([...new Set(names)].sort().map((name) => [name, { environment: name }]));
}

function image({ image: name, builds: [build] }: Container, sources: string): YamlMap {
  if (!build) return { image: name };
  return {
    build: { context: posix.join(sources, build.context), dockerfile: build.dockerfile, tags: [name] },
  };
}

// An image that is there already may be of older sources; the engine's cache tells.
function pullPolicy({ builds }: Container): YamlMap {
  return builds.length > 0 ? { pull_policy: 'build' } : {};
}

function dependencies({ after, secrets }: Container): YamlMap {
  const ended = { condition: 'service_completed_successfully' };
  const healthy = { condition: 'service_healthy' };
  return sorted({
    ...Object.fromEntries(after.map(({ name, until }) => [name, until === 'ready' ? healthy : ended])),
    ...Object.fromEntries(secrets.map((folder) => [fillerName(folder), ended])),
  });
}

function healthCheck({ command, interval, timeout, retries, startPeriod }: HealthCheck): YamlMap {
  return {
    test: ['CMD', ...command.map(literal)],
    interval: `${interval}ms`,
    timeout: `${timeout}ms`,
    retries,
    start_period: `${startPeriod}ms`,
  };
}

function networkOptions({ kind }: Network): YamlMap {
  switch (kind) {
    case 'edge':
      return { driver_opts: withoutHost, internal: true };
    case 'publish':
      return { driver_opts: inboundOnly };
    case 'outbound':
      return {};
  }
}

function variable(template: Template): string {
  return renderTemplate(template, literal, (name) => `\${${name}:?is missing, see catamaran secrets}`);
}

function sorted(map: YamlMap): YamlMap {
  return Object.fromEntries(Object.entries(map).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function nonEmpty(map: YamlMap): YamlMap | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}

function nonEmptyList<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length > 0 ? items : undefined;
}
