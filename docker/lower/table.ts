import type { LoweringTable } from '../../constructs/target/lowering';
import { wholeSeconds } from '../../constructs/target/seconds';
import { passedOnByShells } from '../../constructs/target/shell-variables';
import { portCapability } from '../../constructs/model/privilege';
import { isPublishedAt, publications } from '../../constructs/model/publication';
import type { ApplicationModel } from '../../constructs/model/workload';
import { loweringOfConnections } from './connections';
import type { Container } from '../container';
import { loweringOfAddedSecrets, loweringOfModes, lowerFiles, lowerSecretFiles } from './files';
import { loweringOfSharedVolumes } from './shared-volumes';
import { loweringOfDeadline, loweringOfReadiness } from './health';
import { lowerImage } from './image';
import { lowerExposure, portDifferences } from './ports';
import { lowerRoutes } from './routes';
import { lowerEntrypoint, loweringOfSchedule } from './schedule';
import { lowerScratch, scratchDifferences } from './scratch';
import { lowerAfter, loweringOfShell } from './shell';

/** The address of a container for itself. */
const loopback = '127.0.0.1';

/** How Docker supports every field of a workload. */
export const dockerTable = {
  name: { support: 'native', lower: (name) => ({ name }) },
  run: { support: 'native', lower: (run) => ({ run }) },
  schedule: loweringOfSchedule,
  image: { support: 'native', lower: lowerImage },
  shell: loweringOfShell,
  entrypoint: {
    support: 'native',
    lower: (program, workload) => ({ entrypoint: lowerEntrypoint(program, workload) }),
  },
  arguments: { support: 'native', lower: (command) => ({ command }) },
  variables: {
    support: 'bounded',
    differences: [],
    limit: (variables, { schedule }) =>
      schedule.kind === 'cron' ? passedOnByShells(variables) : { kind: 'within' },
    reason: 'a shell starts the runs of a job with a schedule, and passes no such variable on',
    lower: (environment) => ({ environment }),
  },
  labels: { support: 'native', lower: (labels) => ({ labels }) },
  annotations: {
    support: 'emulated',
    differences: [
      {
        when: (annotations) => Object.keys(annotations).length > 0,
        note: 'An engine has no annotations: they become labels',
      },
    ],
    lower: (labels) => ({ labels }),
  },
  workingDirectory: { support: 'native', lower: (workingDirectory) => ({ workingDirectory }) },
  terminal: { support: 'native', lower: (terminal) => ({ terminal }) },
  stdin: { support: 'native', lower: (stdin) => ({ stdin }) },
  init: { support: 'native', lower: (init) => ({ init }) },
  stopSignal: { support: 'native', lower: (stopSignal) => ({ stopSignal }) },
  platform: { support: 'native', lower: (platform) => ({ platform }) },
  files: { support: 'native', lower: lowerFiles },
  routes: { support: 'native', lower: lowerRoutes },
  // Rendered by `routes`, as part of the nginx configuration.
  tls: { support: 'native', lower: () => ({}) },
  // Rendered by `routes`, as part of the nginx configuration.
  trustedProxies: {
    support: 'emulated',
    differences: [
      {
        when: (trusted, workload) => trusted.length > 0 && publications(workload).length > 0,
        note:
          'To a container, a load balancer on the same host has the address of the gateway of its network, such as ' +
          '172.18.0.1: trust that address, and publish the proxy at 127.0.0.1 only',
      },
    ],
    lower: () => ({}),
  },
  secretFiles: { support: 'native', lower: lowerSecretFiles },
  addedSecrets: loweringOfAddedSecrets,
  fileModes: loweringOfModes,
  volumes: {
    support: 'emulated',
    differences: [
      {
        when: (volumes) => volumes.length > 0,
        note:
          'The engine does not limit the size of a volume: it can grow until the disk is full. If the image does not have ' +
          "the volume's folder, another container makes the user its owner: it runs the image's chown as root, with no " +
          'other capability',
      },
    ],
    lower: (volumes, workload) => ({
      volumes: volumes.map(({ name, path, ownership }) => ({
        name: `${workload.name}-${name}`,
        path,
        // Root can write to every folder.
        ownership: workload.privilege.kind === 'root' ? 'image' : ownership,
      })),
    }),
  },
  sharedVolumes: loweringOfSharedVolumes,
  bindMounts: {
    support: 'native',
    lower: (binds) => ({
      binds: binds.map(({ folder, path, access }) => ({ folder, path, readOnly: access === 'read-only' })),
    }),
  },
  scratch: { support: 'emulated', differences: scratchDifferences, lower: lowerScratch },
  root: { support: 'native', lower: (root) => ({ readOnly: root === 'read-only' }) },
  user: { support: 'native', lower: ({ uid, gid }) => ({ user: { uid, gid } }) },
  // Rendered by `user`: it is root.
  privilege: { support: 'native', lower: () => ({}) },
  capabilities: {
    support: 'refused',
    when: (capabilities, { privilege }) =>
      privilege.kind === 'none' && capabilities.some((capability) => capability !== portCapability),
    reason: 'a user other than root gets no capability from its container, as no program can gain privileges',
    fix: "runsAsRoot with the capabilities that root needs, or only 'NET_BIND_SERVICE'",
    lower: (capabilities) => ({ capabilities }),
  },
  ports: { support: 'emulated', differences: portDifferences, lower: () => ({}) },
  exposure: {
    support: 'refused',
    when: isPublishedAt('node-port', 'load-balancer'),
    reason: 'an engine can publish only ports of its own host',
    fix: 'expose: hostPort(…)',
    lower: lowerExposure,
  },
  // Not rendered: the variables of the image say it.
  authentication: { support: 'native', lower: () => ({}) },
  ownName: {
    support: 'native',
    lower: (leads, { name }) => (leads === 'itself' ? { engine: { hosts: { [name]: loopback } } } : {}),
  },
  replicas: {
    support: 'refused',
    when: (replicas, workload) => replicas > 1 && isPublishedAt('host-port')(publications(workload)),
    reason: 'a port of the host can lead to only one container',
    fix: 'replicas: 1, or publish a ReverseProxy in its place',
    lower: (replicas) => ({ replicas }),
  },
  autoscaling: {
    support: 'refused',
    when: ({ kind }) => kind === 'cpu',
    reason:
      'an engine does not change the number of containers by itself, so only the smallest number of replicas runs',
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
    differences: [
      {
        when: () => true,
        note:
          'compose sets pids_limit. @pulumi/docker cannot set it: there, only the memory limit restricts how many processes ' +
          'a container starts',
      },
    ],
    lower: (pids) => ({ pids }),
  },
  readiness: loweringOfReadiness,
  liveness: {
    support: 'emulated',
    differences: [
      {
        when: ({ kind }) => kind === 'probe',
        note: 'A container that exits is restarted. One that hangs is shown as unhealthy, but keeps running',
      },
    ],
    lower: () => ({}),
  },
  // Not rendered; `catamaran check` reads it.
  exceptions: { support: 'native', lower: () => ({}) },
  grace: {
    support: 'emulated',
    differences: [wholeSeconds('@pulumi/docker', (grace) => [grace])],
    lower: ({ milliseconds }) => ({ grace: milliseconds }),
  },
  deadline: loweringOfDeadline,
  connections: loweringOfConnections,
  // Not rendered: `after` waits for the health check instead.
  gate: { support: 'native', lower: () => ({}) },
  after: { support: 'native', lower: lowerAfter },
} satisfies LoweringTable<Partial<Container>, ApplicationModel>;
