import type { KubernetesSpec } from '../../../../constructs/environment/kubernetes';
import {
  Cpu,
  Duration,
  ExternalApi,
  Health,
  HostProgram,
  hostPort,
  nodePort,
  Size,
  type BackendProps,
} from 'catamaran';
import { onKubernetes, type Build, withProps as api } from '../../../support/application';
import { projectOf } from '../../../support/project';
import { refusalOf, type RuleCase } from '../../../support/rules';
import { rule, job, exposed, cached, proxied } from './cases';

const mailing: Build = (app) => {
  const mail = new ExternalApi(app, 'mail', { url: 'https://mail.example.com' });
  api({ env: { MAIL_URL: mail.url } })(app);
};

const asking: Build = (app) => {
  const ollama = new HostProgram(app, 'ollama', { port: 11434 });
  api({ env: { OLLAMA_HOST: ollama.url } })(app);
};

const less: Partial<BackendProps> = {
  cpu: { request: Cpu.millicores(100), limit: Cpu.cores(1) },
  memory: { request: Size.mebibytes(64), limit: Size.mebibytes(128) },
};

const guaranteed: KubernetesSpec = { ...onKubernetes, qualityOfService: 'guaranteed' };

const part = Duration.milliseconds(2500);

/** Times that are not whole seconds. */
const fractions: readonly (readonly [RuleCase['field'], Partial<BackendProps>])[] = [
  ['readiness', { health: Health.http('/', { every: part }) }],
  ['liveness', { liveness: Health.tcp({ timeout: part }) }],
  ['grace', { grace: part }],
  ['deadline', { deadline: part }],
];

/** A case for each rule of the table of Kubernetes. */
export const kubernetesCases: readonly RuleCase[] = [
  rule(
    'kubernetes',
    'privilege',
    {
      words:
        'the restricted Pod Security Standard forbids root. Where it is accepted, the labels of the namespace ' +
        'become baseline, and all other containers keep their restrictions',
      refusal: refusalOf(
        'Kubernetes',
        'privilege',
        undefined,
        "an image that runs as another user, perhaps with root: 'writable' or a scratch folder with content: 'image'",
      ),
    },
    api({ runsAsRoot: { reason: 'why' } }),
    api(),
  ),

  rule(
    'kubernetes',
    'capabilities',
    {
      words:
        'the restricted Pod Security Standard allows only NET_BIND_SERVICE, and baseline only what root in a ' +
        'container usually has. Where more is accepted, the labels of the namespace become baseline or privileged',
      refusal: refusalOf(
        'Kubernetes',
        'capabilities',
        undefined,
        'fewer capabilities, or runsAsRoot with those that root needs',
      ),
    },
    api({ capabilities: ['CHOWN'] }),
    api({ capabilities: ['NET_BIND_SERVICE'] }),
  ),

  rule(
    'kubernetes',
    'trustedProxies',
    {
      workload: 'proxy',
      words:
        'A node that passes a request on to another node replaces its address by its own, unless the public ' +
        'Service has externalTrafficPolicy: Local. Whoever trusts the addresses of nodes trusts everybody who ' +
        'can reach their ports',
    },
    proxied(['10.0.0.0/8']),
    proxied([]),
  ),

  rule(
    'kubernetes',
    'schedule',
    {
      workload: 'night',
      words:
        'A node restarts a failed run before its Job counts the failure. After the last retry, one more run ' +
        'starts and is stopped',
    },
    job,
    api(),
  ),

  rule(
    'kubernetes',
    'processes',
    { words: 'A pod cannot set its own limit. The podPidsLimit of its node applies' },
    api(),
  ),

  rule(
    'kubernetes',
    'exposure',
    {
      words: 'the restricted Pod Security Standard forbids host ports',
      refusal: refusalOf('Kubernetes', 'exposure', undefined, 'expose: nodePort(…) or loadBalancer(…)'),
    },
    exposed(onKubernetes, hostPort(80)),
    exposed(onKubernetes, nodePort(30000)),
  ),

  rule(
    'kubernetes',
    'deadline',
    { words: 'A StatefulSet has no deadline. A release waits for its new pod as long as it takes' },
    api({ volumes: { data: { path: '/srv/data' } }, deadline: Duration.minutes(1) }),
    api({ deadline: Duration.minutes(1) }),
  ),

  rule(
    'kubernetes',
    'bindMounts',
    {
      words: 'the nodes of a cluster do not have the folders of the application',
      refusal: refusalOf(
        'Kubernetes',
        'bindMounts',
        undefined,
        'files, a volume, or an image that contains the folder, and set bindMounts only in the components of docker()',
      ),
    },
    {
      build: api({ bindMounts: [{ folder: 'src', path: '/srv/src' }] }),
      place: onKubernetes,
      options: { folder: projectOf({ 'src/app.py': '' }) },
    },
    api(),
  ),

  rule(
    'kubernetes',
    'connections',
    {
      words: 'A network policy cannot name hosts. The port is open to all addresses of the given CIDR blocks',
    },
    mailing,
    cached,
  ),
  {
    ...rule(
      'kubernetes',
      'connections',
      {
        words: 'a pod runs on any node of a cluster, and none of them is the host that the program runs on',
        refusal: refusalOf(
          'Kubernetes',
          'connections',
          'ollama at port 11434 of the Docker host',
          "components: { ollama: { managed: { host: 'server.example.com' } } } in the environment, with the server that " +
            'runs it, or an ExternalApi with its URL',
        ),
      },
      asking,
      mailing,
    ),
    rule: 'kubernetes connections limit',
  },

  rule(
    'kubernetes',
    'user',
    { words: 'Kubernetes adds 10000 to the ids, so that no user of a node has them' },
    {
      build: api({ user: { uid: 1000, gid: 1000, binding: 'any' } }),
      place: onKubernetes,
    },
    api({ user: { uid: 1000, gid: 1000 } }),
  ),

  ...(['cpu', 'memory'] as const).map((field) =>
    rule(
      'kubernetes',
      field,
      { words: 'With qualityOfService guaranteed, the request is raised to the limit' },
      { build: api(less), place: guaranteed },
      { build: api(less), place: onKubernetes },
    ),
  ),

  ...fractions.map(([field, props]) =>
    rule(
      'kubernetes',
      field,
      { words: 'Kubernetes counts whole seconds: it rounds a part of a second up' },
      api(props),
      api(),
    ),
  ),
];
