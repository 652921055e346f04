import type { ApplicationModel, Workload } from '../../../constructs/model/workload';
import { kubectl, list, podComponent, podsOf, type Pod } from './cluster';
import { reachedInCluster, sorted, type Reached } from './isolation';
import { described, type Whereabouts } from './model';
import { processOf, type Target } from './probe';
import { reach, type Tried } from './reach';
import { withOutsider } from './requirements';
import { run } from './run';
import { Surroundings } from './surroundings';

/** An application that is up in a cluster. */
export interface InCluster extends Whereabouts {
  readonly namespace: string;
}

interface Labelled {
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
}

interface Service extends Labelled {
  readonly spec: {
    readonly clusterIP: string;
    readonly selector: Readonly<Record<string, string>>;
    readonly ports: readonly {
      readonly port: number;
      readonly targetPort: string | number;
      readonly nodePort?: number;
    }[];
  };
}

interface Template {
  readonly template: { readonly metadata: Pick<Labelled['metadata'], 'labels'> };
}
interface Job extends Labelled {
  readonly spec: Template;
}
interface CronJob extends Labelled {
  readonly spec: { readonly jobTemplate: { readonly spec: Template } };
}

/** What a cluster has of an application, as somebody sees it who looks for a way in or out. */
interface Scene {
  readonly namespace: string;
  readonly model: ApplicationModel;
  readonly pods: readonly Pod[];
  readonly services: readonly Service[];
  readonly surroundings: Surroundings;
  readonly api: readonly Target[];
  readonly host: string;
}

/** What every application in a cluster is seen as from inside its pods. */
export function hostileEyesInCluster(where: () => InCluster): void {
  fromEveryPod('exactly the references can be connected to', where);
}

/**
 * Tries to connect from inside every pod to everything that is there.
 * @param change what is done before, to the program of the stack and to what is deployed
 */
export function fromEveryPod(
  title: string,
  where: () => InCluster,
  change: () => Promise<unknown> = () => Promise.resolve(),
): void {
  withOutsider('from inside every pod', () => {
    const surroundings = new Surroundings();
    beforeAll(() => surroundings.start());
    afterAll(() => surroundings.stop());

    test(title, async () => {
      await change();
      await expectReferencesAlone(where(), surroundings);
    });
  });
}

async function expectReferencesAlone(where: InCluster, surroundings: Surroundings): Promise<void> {
  const { namespace } = where;
  const { model } = await described(where);
  const pods = (await podsOf(namespace)).filter(({ status }) => status.phase === 'Running');
  const services = await list<Service>(namespace, 'services');
  const [api, host] = await Promise.all([apiServer(), nodeAddress()]);
  const scene: Scene = { namespace, model, pods, services, surroundings, api, host };
  const templates = await templatesOf(namespace);
  const tries = model.workloads.flatMap((workload) => {
    const [pod] = pods.filter((one) => podComponent(one) === workload.name);
    const labels = templates[workload.name];
    if (pod) return [fromPod(workload, pod, scene)];
    return labels ? [fromStandIn(workload, labels, scene)] : [];
  });
  const results = await Promise.all(tries);
  expect(results.map(({ got }) => got)).toEqual(results.map(({ expected }) => expected));
  // What routes requests may be the cluster's own, and no pod of the application.
  const own = model.workloads.filter(({ routes }) => routes.length === 0).map(({ name }) => name);
  expect(results.map(({ got }) => got.from)).toEqual(expect.arrayContaining(own));
}

interface Result {
  readonly expected: Reached & { readonly from: string };
  readonly got: Reached & { readonly from: string };
}

async function fromPod(workload: Workload, { metadata }: Pod, scene: Scene): Promise<Result> {
  const process_ = await processOf(metadata.uid);
  const own = workload.ports.map(({ number }) => target(String(number), '127.0.0.1', number));
  return attempted(workload, process_, own, metadata.name, scene);
}

/** A Job has ended, or not begun: a pod that waits stands in for its own, with the labels that policies select. */
async function fromStandIn(
  workload: Workload,
  labels: Readonly<Record<string, string>>,
  scene: Scene,
): Promise<Result> {
  const { namespace } = scene;
  const name = `${workload.name}-eyes`;
  const securityContext = {
    ...{ runAsNonRoot: true, runAsUser: 10001, allowPrivilegeEscalation: false },
    ...{ capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } },
  };
  const container = { name, image: 'python:3.13-slim', command: ['sleep', '600'], securityContext };
  const spec = {
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 0,
    containers: [container],
  };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels }, spec };
  try {
    await kubectl(['apply', '--filename', '-'], { input: JSON.stringify(pod) });
    const inside = ['--namespace', namespace, 'wait', `pod/${name}`, '--for=condition=Ready'];
    await kubectl([...inside, '--timeout=120s']);
    const uid = await kubectl([
      '--namespace',
      namespace,
      'get',
      'pod',
      name,
      '--output=jsonpath={.metadata.uid}',
    ]);
    return await attempted(workload, await processOf(uid), [], name, scene);
  } finally {
    await kubectl(['--namespace', namespace, 'delete', 'pod', name, '--ignore-not-found', '--wait']);
  }
}

async function attempted(
  workload: Workload,
  process_: number,
  own: readonly Target[],
  pod: string,
  scene: Scene,
): Promise<Result> {
  const expected = {
    from: workload.name,
    own: sorted(own.map(({ label }) => label)),
    ...reachedInCluster(workload),
  };
  const around = await scene.surroundings.targets([await gatewayOf(process_), scene.host]);
  const tried = { own, ...othersOf(workload, pod, scene), around: [...around, ...scene.api] };
  // A policy of the testbed drops what it does not let through; what it lets off the machine is refused after that.
  const got = await reach(process_, tried, expected, ['open', 'refused']);
  return { expected, got: { from: workload.name, ...got } };
}

/** The ports of all other pods: by name, and at every address of the pods, their Services and the node. */
function othersOf(from: Workload, own: string, scene: Scene): Pick<Tried, 'byName' | 'byAddress'> {
  const { model, pods, services, host } = scene;
  const tried = model.workloads.flatMap(({ name, ports }) =>
    ports.map((port) => {
      const at = (address: string, number: number) => target(`${name}:${port.number}`, address, number);
      const its = pods.filter((pod) => podComponent(pod) === name && pod.metadata.name !== own);
      // Its own name and Services may lead back to itself.
      const published = services
        .filter(({ spec }) => name !== from.name && spec.selector['app.kubernetes.io/instance'] === name)
        .flatMap(({ spec: { clusterIP, ports: all } }) =>
          all
            .filter(({ targetPort }) => targetPort === port.name)
            .flatMap((one) => [
              ...(clusterIP === 'None' ? [] : [at(clusterIP, one.port)]),
              ...(one.nodePort === undefined ? [] : [at(host, one.nodePort)]),
            ]),
        );
      return {
        byName: name !== from.name && its.length > 0 ? [at(name, port.number)] : [],
        byAddress: [...its.map(({ status }) => at(status.podIP, port.number)), ...published],
      };
    }),
  );
  return {
    byName: tried.flatMap(({ byName }) => byName),
    byAddress: tried.flatMap(({ byAddress }) => byAddress),
  };
}

function target(label: string, host: string, port: number): Target {
  return { label, host, port, protocol: 'tcp', proof: { kind: 'none' } };
}

async function apiServer(): Promise<Target[]> {
  const slices = await list<{
    readonly endpoints: readonly { readonly addresses: readonly string[] }[];
    readonly ports: readonly { readonly port: number }[];
  }>('default', 'endpointslices', '--selector', 'kubernetes.io/service-name=kubernetes');
  const behind = slices.flatMap(({ endpoints, ports }) =>
    endpoints.flatMap(({ addresses }) =>
      addresses.flatMap((address) => ports.map(({ port }) => target('API server', address, port))),
    ),
  );
  const services = await list<Service>('default', 'services');
  return [
    ...behind,
    ...services.flatMap(({ metadata: { name }, spec }) =>
      name === 'kubernetes' ? [target('API server', spec.clusterIP, 443)] : [],
    ),
    target('API server', 'kubernetes.default.svc', 443),
  ];
}

function nodeAddress(): Promise<string> {
  const path = 'jsonpath={.items[0].status.addresses[?(@.type=="InternalIP")].address}';
  return kubectl(['get', 'nodes', '--output', path]);
}

async function gatewayOf(process_: number): Promise<string> {
  const inside = ['--target', String(process_), '--net', 'ip', '-json', 'route', 'show', 'default'];
  const [route] = JSON.parse(await run('nsenter', inside)) as { gateway: string }[];
  if (!route) throw new Error('a pod has no gateway');
  return route.gateway;
}

/** The labels of pods that Jobs make, by component, without those that tell whose they are. */
async function templatesOf(namespace: string): Promise<Record<string, Record<string, string>>> {
  const jobs = await list<Job>(namespace, 'jobs');
  const cronJobs = await list<CronJob>(namespace, 'cronjobs');
  const templates = [
    ...jobs.map(({ spec }) => spec.template),
    ...cronJobs.map(({ spec }) => spec.jobTemplate.spec.template),
  ];
  return Object.fromEntries(
    templates.map(({ metadata: { labels } }) => [
      podComponent({ metadata: { name: '', uid: '', labels } }),
      Object.fromEntries(Object.entries(labels).filter(([key]) => !/controller-uid|job-name/.test(key))),
    ]),
  );
}
