import { posix } from 'node:path';
import { fileSecrets } from '../../constructs/model/secret';
import { sortedKeys } from '../../constructs/model/sorted';
import { renderTemplate, type Template } from '../../constructs/model/template';
import { shortDuration } from '../../constructs/target/amounts';
import { comment, toYaml, type YamlMap } from '../../constructs/target/yaml';
import { helpersOf } from './helpers';
import { bytes, confined, image, memoryFolder, nonEmpty, nonEmptyList, pullPolicy, userOf } from './parts';
import { withoutHost, inboundOnly, type Container, type HealthCheck, type Network } from '../container';
import { composeOptions } from '../engine-options';
import { literal } from './interpolation';
import type { DockerPlan } from '../plan';

/**
 * The files of a compose project: compose.yaml and the configuration that it mounts, by path.
 * @param sources the way from compose.yaml to the application's folder, with / between folders
 * @param heading of compose.yaml; programs read the other files as they are
 */
export function composeFiles(plan: DockerPlan, sources: string, heading: string): Record<string, string> {
  const configs = plan.containers.flatMap((container) => container.configs);
  const mounted = configs.flatMap(({ id, files }) =>
    Object.entries(files).map(([name, content]) => [`${id}/${name}`, content] as const),
  );
  const compose = toYaml({ [comment]: heading, ...project(plan, sources) });
  return { 'compose.yaml': compose, ...Object.fromEntries(mounted) };
}

// Keys in the order that dclint wants: https://github.com/zavoloklom/docker-compose-linter
function project(plan: DockerPlan, sources: string): YamlMap {
  const services = plan.containers.flatMap((container): [string, YamlMap][] => {
    const helpers = helpersOf(container, sources);
    return [[container.name, service(container, Object.keys(helpers), sources)], ...Object.entries(helpers)];
  });
  const volumes = plan.containers.flatMap(({ volumes: data, secrets }) => [
    ...data.map(({ name }) => name),
    ...secrets.map(({ id }) => id),
  ]);
  return {
    name: plan.project,
    services: sortedKeys(Object.fromEntries(services)),
    networks: Object.fromEntries(plan.networks.map((network) => [network.name, networkOptions(network)])),
    volumes: nonEmpty(Object.fromEntries(volumes.sort().map((name) => [name, {}]))),
    secrets: nonEmpty(projectSecrets(plan)),
  };
}

function service(container: Container, helpers: readonly string[], sources: string): YamlMap {
  const { networks, environment, health, run, grace, entrypoint, command } = container;
  const { extra_hosts, labels, ...options } = composeOptions(container.engine);
  return {
    ...image(container, sources),
    depends_on: nonEmpty(dependencies(container, helpers)),
    volumes: nonEmptyList([
      ...container.volumes.map(({ name, path }) => ({ type: 'volume', source: name, target: path })),
      ...container.binds.map(({ folder, path, readOnly }) => ({
        type: 'bind',
        // The model has folders of the application alone; an override may name any.
        source: posix.isAbsolute(folder) ? folder : posix.join(sources, folder),
        target: path,
        read_only: readOnly,
        // A folder that is missing would be made, as root's.
        bind: { create_host_path: false },
      })),
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
    ports: nonEmptyList(ports(container)),
    ...(networks.length === 0
      ? { network_mode: 'none' }
      : {
          networks: Object.fromEntries(
            networks.map(({ network, aliases }) => [network.name, aliases.length > 0 ? { aliases } : {}]),
          ),
        }),
    extra_hosts,
    command: nonEmptyList(command.map(literal)),
    entrypoint: nonEmptyList(entrypoint.map(literal)),
    restart: run === 'once' ? 'no' : 'unless-stopped',
    healthcheck: health.map(healthCheck)[0],
    logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
    labels,
    user: userOf(container),
    ...sortedKeys({
      ...confined,
      ...options,
      ...pullPolicy(container),
      develop: whenChanged(container),
      cpu_shares: container.cpuShares,
      cpus: container.cpus,
      mem_limit: bytes(container.memory),
      mem_reservation: bytes(container.memoryReservation),
      memswap_limit: bytes(container.memory),
      pids_limit: container.pids,
      read_only: true,
      scale: container.replicas === 1 ? undefined : container.replicas,
      stop_grace_period: shortDuration(grace),
      tmpfs: nonEmptyList(container.tmpfs.map(({ path, size }) => memoryFolder(path, size))),
    }),
  };
}

function ports({ publish }: Container): string[] {
  return publish
    .toSorted((left, right) => left.port - right.port)
    .map(({ port, target, address }) => `${address}:${port}:${target}`);
}

/**
 * Makes a container new when a secret that it reads as a file has another value. Compose compares services by
 * all that they say, and says nothing of this to the engine: a rule for `docker compose watch`, that watches
 * nothing. It takes no list with the same twice, as of two secrets with one value.
 */
function whenChanged({ secrets }: Container): YamlMap | undefined {
  const names = [...new Set(fileSecrets(secrets))].sort();
  if (names.length === 0) return undefined;
  const ignore = ['**', ...names.map((name) => variable([`${name}=`, { secret: name }]))];
  return {
    [comment]: `Nothing is watched. "docker compose up" makes a container again only when the text of its service is another:
this puts the secrets that the service reads from files into that text, and compose tells no container.`,
    watch: [{ path: '.', action: 'restart', ignore }],
  };
}

function projectSecrets(plan: DockerPlan): YamlMap {
  const names = plan.containers.flatMap(({ secrets }) => fileSecrets(secrets));
  return Object.fromEntries([...new Set(names)].sort().map((name) => [name, { environment: name }]));
}

function dependencies({ after }: Container, helpers: readonly string[]): YamlMap {
  const ended = { condition: 'service_completed_successfully' };
  const healthy = { condition: 'service_healthy' };
  return sortedKeys({
    ...Object.fromEntries(after.map(({ name, until }) => [name, until === 'ready' ? healthy : ended])),
    ...Object.fromEntries(helpers.map((name) => [name, ended])),
  });
}

function healthCheck({ command, interval, timeout, retries, startPeriod }: HealthCheck): YamlMap {
  return {
    test: ['CMD', ...command.map(literal)],
    interval: shortDuration(interval),
    timeout: shortDuration(timeout),
    retries,
    start_period: shortDuration(startPeriod),
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
