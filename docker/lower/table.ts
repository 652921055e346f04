import type { LoweringTable } from '../../constructs/target/lowering';
import { nginxConfiguration } from '../../constructs/target/nginx/configuration';
import { imageName } from '../../constructs/model/image';
import { httpsPort } from '../../constructs/model/network';
import { publications } from '../../constructs/model/publication';
import type { ApplicationModel, Workload } from '../../constructs/model/workload';
import { attachNetworks } from './connections';
import { identified, type Container } from '../container';
import { beforeFirstCheck, lowerDeadline, engineHealth } from './health';
import { lowerEntrypoint, schedulerOf } from './schedule';

/** What a Docker engine does with every field of a workload. */
export const dockerTable = {
  name: { support: 'native', lower: (name) => ({ name }) },
  run: { support: 'native', lower: (run) => ({ run }) },
  schedule: {
    support: 'emulated',
    when: ({ kind }) => kind === 'cron',
    note:
      'a loop in the container of the job asks the clock once a minute: the image needs sh and date, the zone where ' +
      'it is not UTC, and timeout to stop a run; what falls into a time in which the container is down is left out',
    lower: schedulerOf,
  },
  image: { support: 'native', lower: lowerImage },
  entrypoint: {
    support: 'native',
    lower: (program, workload) => ({ entrypoint: lowerEntrypoint(program, workload) }),
  },
  arguments: { support: 'native', lower: (command) => ({ command }) },
  variables: { support: 'native', lower: (environment) => ({ environment }) },
  files: {
    support: 'native',
    lower: (folders, { name }) => ({
      configs: folders.map(({ path, files }) => identified(`${name}-files`, path, files)),
    }),
  },
  routes: { support: 'native', lower: lowerRoutes },
  // Part of the configuration that the routes become.
  tls: { support: 'native', lower: () => ({}) },
  secretFiles: {
    support: 'native',
    lower: (folders, { name }) => ({
      secrets: folders.map(({ path, files }) => identified(`${name}-secrets`, path, files)),
    }),
  },
  volumes: {
    support: 'emulated',
    when: (volumes) => volumes.length > 0,
    note:
      'an engine does not limit the size of a volume: it can grow as large as its disk; one that the image does not ' +
      'have is given to the user by another container, which runs chown of the image as root, with that right alone',
    lower: (volumes, workload) => ({
      volumes: volumes.map(({ name, path, ownership }) => ({
        name: `${workload.name}-${name}`,
        path,
        ownership,
      })),
    }),
  },
  bindMounts: {
    support: 'native',
    lower: (binds) => ({
      binds: binds.map(({ folder, path, access }) => ({ folder, path, readOnly: access === 'read-only' })),
    }),
  },
  scratch: {
    support: 'emulated',
    when: (scratch) => scratch.some(({ medium }) => medium === 'disk'),
    note: 'folders for temporary files are in memory and count against its limit',
    lower: (scratch) => ({ tmpfs: scratch.map(({ path, size }) => ({ path, size: size.bytes })) }),
  },
  user: { support: 'native', lower: ({ uid, gid }) => ({ user: { uid, gid } }) },
  ports: { support: 'native', lower: () => ({}) },
  exposure: {
    support: 'refused',
    when: ({ kind }) => kind === 'node-port' || kind === 'load-balancer',
    reason: 'an engine has one host and its ports',
    fix: 'expose: hostPort(…)',
    lower: lowerExposure,
  },
  replicas: {
    support: 'refused',
    when: (replicas, { exposure }) => replicas > 1 && exposure.kind === 'host-port',
    reason: 'a port of the host leads to one container',
    fix: 'a ReverseProxy that is published in its place, or replicas: 1',
    lower: (replicas) => ({ replicas }),
  },
  autoscaling: {
    support: 'refused',
    when: ({ kind }) => kind === 'cpu',
    reason: 'an engine starts no containers by itself: the smallest number of replicas runs',
    fix: "autoscale: 'off' in the environment's components",
    lower: () => ({}),
  },
  cpu: {
    support: 'native',
    lower: ({ request, limit }) => ({
      cpus: limit.millicores / 1000,
      cpuShares: Math.max(2, Math.round((request.millicores * 1024) / 1000)),
    }),
  },
  memory: {
    support: 'native',
    lower: ({ request, limit }) => ({ memory: limit.bytes, memoryReservation: request.bytes }),
  },
  processes: {
    support: 'emulated',
    when: () => true,
    note:
      'compose sets pids_limit; @pulumi/docker has no input for it: there, nothing but its memory limits how many ' +
      'processes a container can start',
    lower: (pids) => ({ pids }),
  },
  readiness: {
    support: 'emulated',
    when: ({ kind }) => kind === 'probe',
    note:
      'asked from inside the container, a port by the first of curl, wget, python3, node and bash that the image has; ' +
      'with @pulumi/docker, a new container gets requests once its whole release is healthy; from then on, and with ' +
      'compose, one that listens gets its share, ready or not',
    lower: engineHealth,
  },
  liveness: {
    support: 'emulated',
    when: ({ kind }) => kind === 'probe',
    note: 'a container that exits is started again; one that hangs is shown as unhealthy and goes on',
    lower: () => ({}),
  },
  // Read by those who check what becomes of the other fields.
  exceptions: { support: 'native', lower: () => ({}) },
  grace: { support: 'native', lower: ({ milliseconds }) => ({ grace: milliseconds }) },
  deadline: {
    support: 'limited',
    when: ({ kind }) => kind === 'after',
    note:
      '@pulumi/docker waits no longer for a new container to be healthy, and those before it stay, but where a port or ' +
      'data cannot be shared; compose stops those before it first, and its `up --wait --wait-timeout` says how long; ' +
      'what runs to completion may take any time',
    beyond: beforeFirstCheck,
    reason:
      'an engine asks a health check for the first time once its interval has passed: no container is healthy before',
    lower: lowerDeadline,
  },
  connections: {
    support: 'emulated',
    when: (connections, { exposure }) => connections.length > 0 || exposure.kind !== 'internal',
    note:
      'both ends of a reference share a network of their own, in which either, and every replica of it, could connect ' +
      'to any port of the others; a reference to the outside opens all of the outside, the metadata address of a cloud ' +
      'among it, and the host; a published port opens the host as well, and lets packets out that nothing answers',
    lower: attachNetworks,
  },
  // The health check answers for the gate, see `after`.
  gate: { support: 'native', lower: () => ({}) },
  after: {
    support: 'native',
    lower: (after) => ({ after: after.map(({ workload, until }) => ({ name: workload, until })) }),
  },
} satisfies LoweringTable<Partial<Container>, ApplicationModel>;

type Written = {
  [Field in keyof Workload]: keyof ReturnType<(typeof dockerTable)[Field]['lower']>;
}[keyof Workload];
type Unwritten = Exclude<keyof Container, Written | 'engine'>;
// Names the keys of a container that no field of the model is lowered to.
true satisfies [Unwritten] extends [never] ? true : Unwritten;

function lowerImage(image: Workload['image']): Pick<Container, 'image' | 'builds'> {
  if (image.kind === 'reference') return { image: imageName(image), builds: [] };
  // An engine builds for the one platform that it runs on.
  const { context, dockerfile } = image;
  return { image: imageName(image), builds: [{ context, dockerfile }] };
}

// Replicas come and go under one name, so that it is resolved again and again, by the engine's own server.
function lowerRoutes(
  routes: Workload['routes'],
  { name, tls, exposure }: Workload,
  model: ApplicationModel,
): Pick<Container, 'configs'> {
  if (routes.length === 0) return { configs: [] };
  const configuration = nginxConfiguration({
    routes,
    tls,
    httpsPort: httpsPort(exposure),
    resolution: { kind: 'dynamic', resolver: '127.0.0.11' },
    replicas: ({ workload }) => replicaNames(model, workload),
  });
  return { configs: [identified(`${name}-routes`, '/etc/nginx/conf.d', { 'default.conf': configuration })] };
}

// The names that compose gives to containers, which the engine resolves.
function replicaNames(model: ApplicationModel, name: string): string[] {
  const found = model.workloads.find((workload) => workload.name === name);
  return Array.from(
    { length: found ? found.replicas : 0 },
    (_, index) => `${model.name}-${model.environmentName}-${name}-${index + 1}`,
  );
}

function lowerExposure(_: Workload['exposure'], workload: Workload): Pick<Container, 'publish' | 'networks'> {
  const publish = publications(workload).flatMap(({ exposure, port }) =>
    exposure.kind === 'host-port'
      ? [{ port: exposure.port, target: port.number, address: exposure.address }]
      : [],
  );
  if (publish.length === 0) return { publish, networks: [] };
  return {
    publish,
    networks: [{ network: { name: `${workload.name}_publish`, kind: 'publish' }, aliases: [] }],
  };
}
