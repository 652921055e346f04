import { docker, type DockerOptions } from 'catamaran';
import type { EnvironmentSpec } from '../../constructs/environment/environment';
import { IssuesError } from '../../constructs/issue';
import { imageName } from '../../constructs/model/image';
import { shellQuote } from '../../constructs/model/program';
import { portText } from '../../constructs/model/network';
import { isPublishedAt, publications } from '../../constructs/model/publication';
import type { Template } from '../../constructs/model/template';
import { toSeconds } from '../../constructs/model/units';
import type { ApplicationModel, Workload } from '../../constructs/model/workload';
import { checkCommand } from '../../constructs/target/check/command';
import { portClaims } from '../../constructs/target/claims';
import { render, type LoweringTable } from '../../constructs/target/lowering';
import { override } from '../../constructs/target/override';
import { failed } from '../../constructs/target/runner';
import { allSupported } from '../../constructs/target/proxy';
import type { Target } from '../../constructs/target/target';

// A small target: each workload is a line of `docker run` in a script. It shows all that a new target needs.

/** A workload as a line of a script. All texts are words of a shell, with quotes where they need them. */
interface RunLine {
  readonly workload: string;
  readonly container: string;
  /** Commands that end when the line may start. */
  readonly waits: readonly string[];
  /** `create` for a job: a person or another program starts it. */
  readonly verb: 'run' | 'create';
  /** What stands before the image. */
  readonly options: readonly string[];
  readonly image: string;
  /** What stands after the image. */
  readonly command: readonly string[];
  readonly ports: readonly number[];
}

/** Everything that an application becomes: lines in start order. */
export interface RunPlan {
  readonly network: string;
  readonly lines: readonly RunLine[];
}

/** An environment of this target. What it shares with Docker has the defaults of Docker. */
export function dockerRun(options: DockerOptions = {}): EnvironmentSpec {
  const { host: _host, ...shared } = docker(options);
  return { ...shared, target: 'docker-run' };
}

const elsewhere = 'docker() for this environment';

const table = {
  name: {
    support: 'native',
    lower: (name, _, model) => ({
      workload: name,
      container: container(model, name),
      options: ['--network', model.name, '--network-alias', name],
    }),
  },
  run: { support: 'native', lower: lowerRun },
  image: {
    support: 'emulated',
    differences: [
      {
        when: ({ kind }) => kind === 'build',
        note: 'The script builds no images. Build this one before, with this name',
      },
    ],
    lower: (image) => ({ image: word(imageName(image)) }),
  },
  shell: {
    support: 'refused',
    when: ({ kind }) => kind === 'none',
    reason: 'its health checks run in the container',
    fix: 'an image with a shell',
    lower: () => ({}),
  },
  // `--entrypoint` takes one word. The others are the first arguments.
  entrypoint: {
    support: 'native',
    lower: ([program, ...others]) => ({
      options: program === undefined ? [] : ['--entrypoint', word(program)],
      command: others.map(word),
    }),
  },
  arguments: { support: 'native', lower: (words) => ({ command: words.map(word) }) },
  variables: {
    support: 'native',
    lower: (variables) => ({
      options: Object.entries(variables).flatMap(([name, text]) => ['--env', `${name}=${wordOf(text)}`]),
    }),
  },
  user: {
    support: 'native',
    lower: ({ uid, gid }) => ({
      options: ['--user', `${uid}:${gid}`, '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
    }),
  },
  // Every port is open to the other containers of the network.
  ports: { support: 'native', lower: () => ({}) },
  authentication: { support: 'native', lower: () => ({}) },
  exposure: {
    support: 'refused',
    when: isPublishedAt('node-port', 'load-balancer'),
    reason: 'a line can publish only ports of this machine',
    fix: 'expose: hostPort(…)',
    lower: lowerExposure,
  },
  labels: { support: 'native', lower: (labels) => ({ options: labelOptions(labels) }) },
  annotations: { support: 'native', lower: (labels) => ({ options: labelOptions(labels) }) },
  workingDirectory: {
    support: 'native',
    lower: (folder) => ({ options: folder === '' ? [] : ['--workdir', word(folder)] }),
  },
  terminal: { support: 'native', lower: (terminal) => ({ options: terminal === 'tty' ? ['--tty'] : [] }) },
  stdin: { support: 'native', lower: (stdin) => ({ options: stdin === 'open' ? ['--interactive'] : [] }) },
  init: { support: 'native', lower: (init) => ({ options: init === 'reaper' ? ['--init'] : [] }) },
  stopSignal: {
    support: 'native',
    lower: (signal) => ({ options: signal === 'image' ? [] : ['--stop-signal', signal] }),
  },
  platform: {
    support: 'native',
    lower: (platform) => ({ options: platform === 'any' ? [] : ['--platform', platform] }),
  },
  // Not rendered: `catamaran check` reads it.
  exceptions: { support: 'native', lower: () => ({}) },
  // Not rendered: `after` waits for the health check instead.
  gate: { support: 'native', lower: () => ({}) },
  schedule: {
    support: 'emulated',
    differences: [
      {
        when: ({ kind }) => kind === 'cron',
        note: 'Nothing starts the runs by the clock. The container waits for docker start',
      },
    ],
    lower: () => ({}),
  },
  files: refused(some, 'the script writes no files', elsewhere),
  secretFiles: refused(some, 'the script writes no files', elsewhere),
  addedSecrets: refused(some, 'the script writes no files', elsewhere),
  // Files are refused, whatever their mode.
  fileModes: { support: 'native', lower: () => ({}) },
  sharedVolumes: refused(some, 'the script sets no owner of volumes', elsewhere),
  routes: refused(some, 'the script writes no files, so nginx gets no configuration', elsewhere),
  tls: refused(({ kind }) => kind === 'https', 'the script writes no files', elsewhere),
  ownName: { support: 'native', lower: () => ({}) },
  trustedProxies: { support: 'native', lower: () => ({}) },
  bindMounts: refused(some, 'the script can be anywhere, and does not find the folders', elsewhere),
  volumes: {
    support: 'emulated',
    differences: [
      {
        when: some,
        note: "The engine does not limit the size of a volume, and its owner is the owner of the image's folder",
      },
    ],
    lower: (volumes, workload, model) => ({
      options: volumes.flatMap(({ name, path }) => [
        '--volume',
        word(`${container(model, workload.name)}-${name}:${path}`),
      ]),
    }),
  },
  root: {
    support: 'native',
    lower: (root) => ({ options: root === 'read-only' ? ['--read-only'] : [] }),
  },
  scratch: {
    support: 'emulated',
    differences: [
      {
        when: (scratch) => scratch.some(({ medium }) => medium === 'disk'),
        note: 'Scratch folders are in memory, and count towards the memory limit of the container',
      },
    ],
    lower: (scratch) => ({
      options: [...scratch.flatMap(({ path, size }) => ['--tmpfs', word(`${path}:size=${size.bytes}`)])],
    }),
  },
  // Rendered by `user`: it is root.
  privilege: { support: 'native', lower: () => ({}) },
  capabilities: {
    support: 'native',
    lower: (capabilities) => ({ options: capabilities.flatMap((one) => ['--cap-add', one]) }),
  },
  replicas: refused((replicas) => replicas > 1, 'a line starts one container', 'replicas: 1'),
  autoscaling: refused(({ kind }) => kind === 'cpu', 'a line starts one container', "autoscale: 'off'"),
  cpu: {
    support: 'native',
    lower: ({ limit }) => ({ options: ['--cpus', String(limit.millicores / 1000)] }),
  },
  memory: {
    support: 'native',
    lower: ({ request, limit }) => ({
      options: ['--memory', String(limit.bytes), '--memory-reservation', String(request.bytes)],
    }),
  },
  processes: { support: 'native', lower: (limit) => ({ options: ['--pids-limit', String(limit)] }) },
  readiness: {
    support: 'emulated',
    differences: [
      {
        when: ({ kind }) => kind === 'probe',
        note: 'The engine runs the check inside the container. A container that listens gets requests, ready or not',
      },
    ],
    lower: lowerReadiness,
  },
  liveness: {
    support: 'emulated',
    differences: [
      {
        when: ({ kind }) => kind === 'probe',
        note: 'A container that exits is restarted. One that hangs keeps running',
      },
    ],
    lower: () => ({}),
  },
  after: { support: 'native', lower: lowerAfter },
  connections: {
    support: 'emulated',
    differences: [
      {
        when: () => true,
        note: 'All containers are in one network, and can connect to each other and to the outside',
      },
    ],
    lower: () => ({}),
  },
  grace: {
    support: 'native',
    lower: (grace) => ({ options: ['--stop-timeout', String(toSeconds(grace))] }),
  },
  deadline: {
    support: 'emulated',
    differences: [
      {
        when: ({ kind }) => kind === 'after',
        note: 'The script has no deadline. It waits as long as it takes',
      },
    ],
    lower: () => ({}),
  },
} satisfies LoweringTable<Partial<RunLine>, ApplicationModel>;

function labelOptions(labels: Readonly<Record<string, string>>): string[] {
  return Object.entries(labels).flatMap(([key, value]) => ['--label', word(`${key}=${value}`)]);
}

/** A field whose values are refused if `when` is true for them. */
function refused<Value>(when: (value: Value) => boolean, reason: string, fix: string) {
  return { support: 'refused', when, reason, fix, lower: () => ({}) } as const;
}

function some(list: readonly unknown[]): boolean {
  return list.length > 0;
}

function lowerRun(run: Workload['run']): Pick<RunLine, 'verb' | 'options'> {
  switch (run) {
    case 'once':
      // In the foreground: the script goes on when it has succeeded, and ends when it fails.
      return { verb: 'run', options: ['--rm'] };
    case 'scheduled':
      return { verb: 'create', options: [] };
    default:
      return { verb: 'run', options: ['--detach', '--restart', 'unless-stopped'] };
  }
}

function lowerExposure(_: unknown, workload: Workload): Pick<RunLine, 'options' | 'ports'> {
  const published = publications(workload).flatMap(({ exposure, port }) =>
    exposure.kind === 'host-port' ? [{ ...exposure, target: portText(port.number, port.protocol) }] : [],
  );
  return {
    options: published.flatMap(({ address, port, target }) => ['--publish', `${address}:${port}:${target}`]),
    ports: published.map(({ port }) => port),
  };
}

function lowerReadiness(health: Workload['readiness']): Pick<RunLine, 'options'> {
  if (health.kind === 'none') return { options: [] };
  const { check, every, timeout, retries, startPeriod } = health;
  return {
    options: [
      ...['--health-cmd', word(checkCommand(check, '127.0.0.1', timeout).map(word).join(' '))],
      ...['--health-interval', `${every.milliseconds}ms`, '--health-timeout', `${timeout.milliseconds}ms`],
      ...['--health-retries', String(retries), '--health-start-period', `${startPeriod.milliseconds}ms`],
    ],
  };
}

// The line of a workload that runs to completion ends with it, so nothing waits for it in addition.
function lowerAfter(after: Workload['after'], _: Workload, model: ApplicationModel): Pick<RunLine, 'waits'> {
  const awaited = after.filter(({ until }) => until === 'ready');
  return { waits: awaited.map(({ workload }) => `healthy ${container(model, workload)}`) };
}

/** The function of the script that waits for a health check. */
const healthy = `healthy() { until [ "$(docker inspect --format '{{.State.Health.Status}}' "$1")" = healthy ]; do sleep 1; done; }`;

function container({ name }: ApplicationModel, workload: string): string {
  return `${name}-${workload}`;
}

/** A text as one word of a shell. */
function word(text: string): string {
  return /^[\w%+,./:=@-]+$/.test(text) ? text : shellQuote(text);
}

/** A text as one word of a shell, which reads the secrets in it from its own variables. */
function wordOf(template: Template): string {
  return template.map((part) => (typeof part === 'string' ? word(part) : `"$${part.secret}"`)).join('');
}

function textOf({ waits, verb, container: name, options, image, command }: RunLine): string[] {
  return [...waits, ['docker', verb, '--name', name, ...options, image, ...command].join(' ')];
}

export const dockerRunTarget: Target<EnvironmentSpec, RunPlan> = {
  name: 'docker-run',
  title: 'docker run',
  table,
  policies: [
    {
      name: 'tagged-runs',
      rule: 'A line runs an image with a tag.',
      why: 'Without a tag, the line runs another image tomorrow.',
      sources: [],
      check: ({ lines }) =>
        lines.flatMap(({ workload, image }) =>
          image.includes(':') ? [] : [{ workload, field: 'image', got: image, write: `${image}:1.0` }],
        ),
    },
  ],
  contents: {
    owned: ({ lines }) => lines.map(({ workload }) => ({ workload, title: `line ${workload}` })),
    objects: ({ lines }) => lines.map(({ workload }) => `line ${workload}`),
    images: ({ lines }) => lines.map(({ workload, image: name }) => ({ workload, name })),
    published: ({ lines }) =>
      lines.flatMap(({ workload, ports }) => ports.map((port) => `${workload}: ${port} of this machine`)),
    passedThrough: () => ({ titles: [], note: '' }),
    size: ({ lines }) => ({ count: lines.length, unit: 'lines' }),
  },
  secrets: {
    visibility: 'a variable shows in docker inspect',
    restartName: ({ name }) => name,
    note: () => undefined,
    steps: ({ name, environmentName }) => [`run:    sh dist/${name}/${environmentName}/run.sh`],
  },
  proxy: () => allSupported,
  secretObject: () => undefined,
  validate: () => [],
  limits: () => [],
  claims: (model) => portClaims(model, 'this machine', 'run one of them elsewhere'),
  // This does not compile unless the table always writes every part of a line.
  plan: (model) => ({
    network: model.name,
    lines: model.workloads.map((workload): RunLine => render(table, workload, model)),
  }),
  // There are no objects that an override could change, so each one is an issue.
  override: (plan, path, components) => {
    const kept = { identity: [], fields: [] };
    const check = () => [];
    const all = { target: 'docker-run', path, kept, check, objects: [] };
    const { notes, issues } = override(all, components);
    return { plan, notes, issues };
  },
  files: ({ network, lines }, { heading }) => {
    const start = ['set -eu', healthy, `docker network create ${network}`];
    const comments = heading.split('\n').map((line) => `# ${line}`);
    return {
      'run.sh': ['#!/bin/sh', ...comments, ...start, ...lines.flatMap(textOf), ''].join('\n'),
    };
  },
  // People start the script with sh.
  programs: () => ['run.sh'],
  // A script makes new containers each time, and says nothing about the old ones.
  updates: () => [],
  deployIssues: (path) => [{ path, field: 'target', got: 'docker-run', write: 'docker() for pulumi up' }],
  apply: () => undefined,
  runNow: async ({ lines }, _, { path, workload, program: [program, ...others], args }, run) => {
    const line = lines.find((one) => one.workload === workload);
    if (!line || program === undefined) throw new Error(`There is no line for ${path}`);
    const { options, image } = line;
    const command = ['--entrypoint', word(program), image, ...[...others, ...args].map(word)];
    const shell = ['-c', ['docker', 'run', '--rm', ...options, ...command].join(' ')];
    const finished = await run('sh', shell, { shows: 'everything' });
    if (finished.code !== 0) throw new IssuesError([failed(path, 'sh', shell, finished)]);
  },
};
