import { portText } from '../../constructs/model/network';
import { fileSecrets } from '../../constructs/model/secret';
import { sortedKeys, unique } from '../../constructs/model/sorted';
import { shortDuration } from '../../constructs/target/amounts';
import { comment, toYaml, type YamlMap } from '../../constructs/target/yaml';
import { helpersOf, ownerName, sharedOwner } from './helpers';
import { mountsOf } from './mounts';
import { sharedVolumesOf } from '../shared-volumes';
import { byteText, image, memoryFolder, nonEmpty, nonEmptyList, pullPolicy } from './parts';
import { composeRestrictions } from '../restrictions';
import {
  groupsOf,
  withoutHost,
  inboundOnly,
  modeOfConfig,
  userOf,
  type Container,
  type HealthCheck,
  type Network,
} from '../container';
import { composeOptions, literals } from '../engine-options';
import { literal, variable } from './interpolation';
import type { DockerPlan } from '../plan';
import { secretsOfService, volumesOf } from '../services';

/**
 * The files of a compose project by path: compose.yaml, and the configuration files that it mounts.
 * @param sources the path from the folder of compose.yaml to the application's folder, with / between folders
 * @param heading the comment at the start of compose.yaml; the other files have none, because programs read them
 */
export function composeFiles(plan: DockerPlan, sources: string, heading: string): Record<string, string> {
  const configs = plan.containers.flatMap((container) => container.configs);
  const mounted = configs.flatMap(({ id, files }) =>
    Object.entries(files).map(([name, content]) => [`${id}/${name}`, content] as const),
  );
  const compose = toYaml({ [comment]: heading, ...project(plan, sources) });
  return { 'compose.yaml': compose, ...Object.fromEntries(mounted) };
}

/** The paths of the files of a compose project that are programs. */
export function composePrograms({ containers }: DockerPlan): string[] {
  const configs = containers.flatMap((container) => container.configs);
  return configs.flatMap((folder) =>
    Object.entries(folder.files).flatMap(([name, content]) =>
      (modeOfConfig(folder, name, content) & 0o001) === 0 ? [] : [`${folder.id}/${name}`],
    ),
  );
}

// Keys in the order that dclint wants: https://github.com/zavoloklom/docker-compose-linter
function project(plan: DockerPlan, sources: string): YamlMap {
  const shared = sharedVolumesOf(plan.containers);
  const owners = shared.map((volume) => [ownerName(volume), sharedOwner(volume, sources)] as const);
  const services = plan.containers.flatMap((container): [string, YamlMap][] => {
    const helpers = helpersOf(container, sources);
    const others = container.shared.filter(({ name }) => shared.some((volume) => volume.name === name));
    const before = [...Object.keys(helpers), ...others.map(ownerName)];
    return [[container.name, service(plan, container, before, sources)], ...Object.entries(helpers)];
  });
  const volumes = [
    ...plan.containers.flatMap(({ volumes: data, shared: common, secrets, imageFolders }) => [
      ...[...data, ...common].map(({ name }) => name),
      ...[...secrets, ...imageFolders].map(({ id }) => id),
    ]),
    ...Object.values(plan.services).flatMap(volumesOf),
  ];
  return {
    name: plan.project,
    services: sortedKeys({ ...Object.fromEntries([...services, ...owners]), ...plan.services }),
    networks: Object.fromEntries(plan.networks.map((network) => [network.name, networkOptions(network)])),
    volumes: nonEmpty(Object.fromEntries(volumes.sort().map((name) => [name, {}]))),
    secrets: nonEmpty(projectSecrets(plan)),
  };
}

function service(
  { secretDefaults }: DockerPlan,
  container: Container,
  helpers: readonly string[],
  sources: string,
): YamlMap {
  const { networks, environment, health, run, grace, entrypoint, command } = container;
  const { extra_hosts, labels, logging, ...options } = composeOptions({
    ...container.engine,
    capabilities: unique([...container.capabilities, ...(container.engine.capabilities ?? [])]),
  });
  return {
    ...image(container, sources),
    depends_on: nonEmpty(dependencies(container, helpers)),
    volumes: nonEmptyList(mountsOf(container, sources)),
    environment: nonEmpty(
      Object.fromEntries(
        Object.entries(environment).map(([name, template]) => [name, variable(template, secretDefaults)]),
      ),
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
    healthcheck: container.imageHealth === 'off' ? { disable: true } : health.map(healthCheck)[0],
    logging,
    labels: nonEmpty({ ...literals(sortedKeys(container.labels)), ...labels }),
    user: userOf(container),
    ...(container.workingDirectory !== '' && { working_dir: literal(container.workingDirectory) }),
    ...sortedKeys({
      ...composeRestrictions,
      ...options,
      ...pullPolicy(container),
      ...processOptions(container),
      develop: secretsWatch(container),
      group_add: nonEmptyList(groupsOf(container).map(literal)),
      cpu_shares: container.cpuShares,
      cpus: container.cpus,
      mem_limit: byteText(container.memory),
      mem_reservation: byteText(container.memoryReservation),
      memswap_limit: byteText(container.memory),
      pids_limit: container.pids,
      read_only: container.readOnly,
      scale: container.replicas === 1 ? undefined : container.replicas,
      stop_grace_period: shortDuration(grace),
      tmpfs: nonEmptyList(container.tmpfs.map(({ path, size }) => memoryFolder(path, size))),
    }),
  };
}

/** How the program is started and stopped. */
function processOptions({ terminal, stdin, init, stopSignal, platform }: Container): YamlMap {
  return {
    ...(init === 'reaper' && { init: true }),
    ...(platform !== 'any' && { platform }),
    ...(stdin === 'open' && { stdin_open: true }),
    ...(stopSignal !== 'image' && { stop_signal: stopSignal }),
    ...(terminal === 'tty' && { tty: true }),
  };
}

function ports({ publish }: Container): string[] {
  return publish
    .toSorted((left, right) => left.port - right.port)
    .map(({ port, target, address, protocol }) => `${address}:${port}:${portText(target, protocol)}`);
}

/**
 * Makes `docker compose up` recreate a container when a secret that it reads from a file changes. Compose recreates a
 * container if the text of its service has changed, and a secret in a file is not a part of that text. So this adds the
 * values to a part that has no other effect: a rule of `docker compose watch` that ignores all files. The list must not
 * contain an entry twice, so each entry starts with the name of its secret: two secrets may have the same value.
 */
function secretsWatch({ secrets }: Container): YamlMap | undefined {
  const names = [...new Set(fileSecrets(secrets))].sort();
  if (names.length === 0) return undefined;
  const ignore = ['**', ...names.map((name) => variable([`${name}=`, { secret: name }], {}))];
  return {
    [comment]: `This rule watches no files. It only adds the secrets that the service reads from files to the text of the service,
so that "docker compose up" recreates the container when a secret changes. The container does not get this text.`,
    watch: [{ path: '.', action: 'restart', ignore }],
  };
}

function projectSecrets(plan: DockerPlan): YamlMap {
  const names = [
    ...plan.containers.flatMap(({ secrets, builds }) => [
      ...fileSecrets(secrets),
      ...builds.flatMap((build) => Object.values(build.secrets ?? {})),
    ]),
    ...Object.values(plan.services).flatMap(secretsOfService),
  ];
  return Object.fromEntries([...new Set(names)].sort().map((name) => [name, { environment: name }]));
}

function dependencies({ after }: Container, helpers: readonly string[]): YamlMap {
  const ended = { condition: 'service_completed_successfully' };
  const conditions = {
    started: { condition: 'service_started' },
    ready: { condition: 'service_healthy' },
    completed: ended,
  };
  return sortedKeys({
    ...Object.fromEntries(after.map(({ name, until }) => [name, conditions[until]])),
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
