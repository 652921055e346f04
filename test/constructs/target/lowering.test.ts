import type { Feature } from '../../../constructs/model/features';
import type { Exposure } from '../../../constructs/model/network';
import type { ApplicationModel, Workload } from '../../../constructs/model/workload';
import { formatIssue } from '../../../constructs/issue';
import { lower, type Lowering, type LoweringTable } from '../../../constructs/target/lowering';
import { review } from '../../../constructs/target/review';
import { Backend, Cache, nodePort } from 'catamaran';
import { kubernetesTable } from '../../../charts/lower/table';
import { dockerTable } from '../../../docker/lower/table';
import {
  issuesOfApp,
  modelOfApp,
  onDocker,
  onKubernetes,
  planOfApp,
  type Build,
} from '../../support/application';

type Table = LoweringTable<string, undefined>;

const model = modelOfApp((app) => {
  new Backend(app, 'api', { image: 'api:1.0', port: 8000, replicas: 2 });
  new Cache(app, 'cache');
});

/** A table that names each field, native but for the given. */
function table(fields: Partial<Table> = {}): Table {
  const names = Object.keys(kubernetesTable) as Feature[];
  const native = names.map((field) => [field, { support: 'native', lower: () => field }]);
  return { ...(Object.fromEntries(native) as Table), ...fields };
}

const refused: Lowering<number, string, undefined> = {
  support: 'refused',
  when: (replicas) => replicas > 1,
  reason: 'a raft carries one',
  fix: 'replicas: 1',
  lower: () => 'replicas',
};

const emulated: Lowering<Workload['run'], string, undefined> = {
  support: 'emulated',
  differences: [{ when: (run, { name }) => run === 'service' && name === 'api', note: 'by rowing' }],
  lower: () => 'run',
};

function reviewed(fields: Partial<Table>, accepted: readonly Feature[] = [], of: ApplicationModel = model) {
  const { notes, issues } = review('raft', table(fields), of, { ...onDocker, accept: accepted });
  return { notes, issues: issues.map(formatIssue) };
}

test('native fields need no note', () => {
  expect(reviewed({})).toEqual({ notes: [], issues: [] });
});

test('an emulated field is noted for the workloads that it is emulated for', () => {
  expect(reviewed({ run: emulated })).toEqual({
    notes: [{ field: 'run', workloads: ['api'], note: 'by rowing' }],
    issues: [],
  });
});

test('an emulated field that nothing uses is not noted', () => {
  expect(reviewed({ run: { support: 'emulated', differences: [], lower: () => 'run' } }).notes).toEqual([]);
});

test('a refused field is an issue that names component, field, target, fix and reason', () => {
  expect(reviewed({ replicas: refused })).toEqual({
    notes: [],
    issues: [
      'shop/api: replicas is 2, which raft refuses: a raft carries one. Write replicas: 1; or accept this ' +
        "with accept: ['replicas'] in environment dev",
    ],
  });
});

test('a refused field is a note where the environment accepts it', () => {
  expect(reviewed({ replicas: refused }, ['replicas'])).toEqual({
    notes: [{ field: 'replicas', workloads: ['api'], note: 'accepted: a raft carries one' }],
    issues: [],
  });
});

test('an acceptance that nothing uses is an issue', () => {
  expect(reviewed({ replicas: { ...refused, when: () => false } }, ['replicas'])).toEqual({
    notes: [],
    issues: ["shop (dev): accept names 'replicas', but raft refuses replicas of no component: remove it"],
  });
});

test('accepting a field that the target supports is an issue', () => {
  expect(reviewed({ run: emulated }, ['run', 'name']).issues).toEqual([
    "shop (dev): accept names 'run', but raft refuses run of no component: remove it",
    "shop (dev): accept names 'name', but raft refuses name of no component: remove it",
  ]);
});

test('an acceptance of one field does not accept another', () => {
  const { issues } = reviewed(
    { replicas: refused, run: { ...refused, when: () => true, lower: () => 'run' } },
    ['run'],
  );
  expect(issues).toEqual([
    'shop/api: replicas is 2, which raft refuses: a raft carries one. Write replicas: 1; or accept this ' +
      "with accept: ['replicas'] in environment dev",
  ]);
});

test('every field is lowered once, in the order of the table', () => {
  const [workload] = model.workloads;
  if (!workload) throw new Error('no workload');
  expect(lower(table(), workload, undefined)).toEqual(Object.keys(kubernetesTable));
});

test('the tables of both targets have every field of a workload, and no others', () => {
  // How ports are published is a part of them, with a name of its own.
  const fields = [...Object.keys(model.workloads[0] ?? {}), 'exposure'].sort();
  expect(Object.keys(kubernetesTable).sort()).toEqual(fields);
  expect(Object.keys(dockerTable).sort()).toEqual(fields);
});

test('Docker refuses a port of the nodes of a cluster, and Kubernetes one of the host', () => {
  const workload = model.workloads[0];
  if (!workload) throw new Error('no workload');
  const exposed = (exposure: Exposure) => {
    const ports = workload.ports.map((port) => ({ ...port, exposure }));
    return { ...model, workloads: [{ ...workload, ports }] };
  };
  const onNodes = review('Docker', dockerTable, exposed(nodePort(30_000)), onDocker);
  expect(onNodes.issues.map(formatIssue)).toEqual([
    'shop/api: Docker refuses exposure: an engine can publish only ports of its own host. Write expose: ' +
      "hostPort(…); or accept this with accept: ['exposure'] in environment dev",
  ]);
  const onHost = exposed({ kind: 'host-port', port: 80, address: '0.0.0.0' });
  expect(review('Kubernetes', kubernetesTable, onHost, onKubernetes).issues.map(formatIssue)).toEqual([
    'shop/api: Kubernetes refuses exposure: the restricted Pod Security Standard forbids host ports. ' +
      "Write expose: nodePort(…) or loadBalancer(…); or accept this with accept: ['exposure'] in " +
      'environment dev',
  ]);
});

test('what a target refuses and what is not accepted after all stop an application alike', () => {
  const build: Build = (app) =>
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, autoscale: { max: 2 } });
  expect(issuesOfApp(build, { ...onDocker, accept: ['replicas'] })).toEqual([
    'shop/api: Docker refuses autoscaling: an engine does not change the number of containers by itself, so only the ' +
      "smallest number of replicas runs. Write autoscale: 'off' in the environment's components; or accept " +
      "this with accept: ['autoscaling'] in environment dev",
    "shop (dev): accept names 'replicas', but Docker refuses replicas of no component: remove it",
  ]);
  expect(
    planOfApp(build, { ...onDocker, accept: ['autoscaling'] }).notes.map(({ field }) => field),
  ).toContain('autoscaling');
});
