import { docker, type DockerOptions, type Workload } from 'catamaran';
import type { EnvironmentSpec } from '../../constructs/environment/environment';
import { imageName } from '../../constructs/model/image';
import { publications } from '../../constructs/model/publication';
import { renderTemplate } from '../../constructs/model/template';
import type { ApplicationModel } from '../../constructs/model/workload';
import { portClaims } from '../../constructs/target/claims';
import type { Support, SupportTable } from '../../constructs/target/lowering';
import { allSupported } from '../../constructs/target/proxy';
import type { Target } from '../../constructs/target/target';

// The smallest target: each workload is a line of `docker run` in a script. It shows all that a new target needs.

/** A workload as a line of a script. */
interface RunLine {
  readonly workload: string;
  readonly image: string;
  readonly ports: readonly number[];
  readonly text: string;
}

/** Everything that an application becomes: lines in start order. */
export interface RunPlan {
  readonly lines: readonly RunLine[];
}

/** An environment of this target. What it shares with Docker has the defaults of Docker. */
export function dockerRun(options: DockerOptions = {}): EnvironmentSpec {
  const { host: _host, ...shared } = docker(options);
  return { ...shared, target: 'docker-run' };
}

const native = { support: 'native' } as const;

/** A field that the lines leave out; a note says so where it has a value. */
function leftOut<Value>(has: (value: Value) => boolean): Support<Value> {
  return { support: 'emulated', when: has, note: 'docker run leaves this out' };
}

const some = (list: readonly unknown[]): boolean => list.length > 0;

const table: SupportTable = {
  name: native,
  run: native,
  image: native,
  entrypoint: native,
  arguments: native,
  variables: native,
  user: native,
  exposure: native,
  exceptions: native,
  gate: native,
  schedule: leftOut(({ kind }) => kind === 'cron'),
  files: leftOut(some),
  secretFiles: leftOut(some),
  volumes: leftOut(some),
  bindMounts: leftOut(some),
  scratch: leftOut(some),
  ports: native,
  routes: leftOut(some),
  tls: leftOut(({ kind }) => kind === 'https'),
  replicas: {
    support: 'refused',
    when: (replicas) => replicas > 1,
    reason: 'a line starts one container',
    fix: 'replicas: 1',
  },
  autoscaling: leftOut(({ kind }) => kind === 'cpu'),
  cpu: leftOut(() => true),
  memory: leftOut(() => true),
  processes: leftOut(() => true),
  readiness: leftOut(({ kind }) => kind === 'probe'),
  liveness: leftOut(({ kind }) => kind === 'probe'),
  after: native,
  connections: leftOut(some),
  grace: leftOut(() => true),
  deadline: leftOut(({ kind }) => kind === 'after'),
};

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
  claims: (model) => portClaims(model, 'this machine'),
  plan: (model) => ({ lines: model.workloads.map((workload) => lineOf(workload, model)) }),
  override: (plan) => ({ plan, notes: [], issues: [] }),
  files: ({ lines }, { heading }) => ({
    'run.sh': ['#!/bin/sh', ...heading.split('\n').map((line) => `# ${line}`), 'set -eu']
      .concat(lines.map(({ text }) => text))
      .join('\n')
      .concat('\n'),
  }),
  deployIssues: (path) => [{ path, field: 'target', got: 'docker-run', write: 'docker() for pulumi up' }],
  apply: () => undefined,
  runNow: async (_, environment, { workload, args }, run) => {
    await run('docker', ['exec', workload, ...args, environment.target]);
  },
};

function lineOf(workload: Workload, model: ApplicationModel): RunLine {
  const { name, user, run } = workload;
  const image = imageName(workload.image);
  const published = publications(workload).flatMap(({ exposure, port }) =>
    exposure.kind === 'host-port' ? [{ host: exposure.port, container: port.number }] : [],
  );
  const variables = Object.entries(workload.variables).map(
    ([variable, template]) =>
      `${variable}=${renderTemplate(
        template,
        (text) => text,
        (secret) => `$${secret}`,
      )}`,
  );
  const words = [
    ...['docker', 'run', run === 'once' ? '--rm' : '--detach', '--name', `${model.name}-${name}`],
    ...['--user', `${user.uid}:${user.gid}`],
    ...published.flatMap(({ host, container }) => ['--publish', `${host}:${container}`]),
    ...variables.flatMap((variable) => ['--env', JSON.stringify(variable)]),
    image,
  ];
  return { workload: name, image, ports: published.map(({ host }) => host), text: words.join(' ') };
}
