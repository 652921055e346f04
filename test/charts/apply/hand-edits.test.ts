import { handEditOf, type LiveObject } from '../../../charts/apply/hand-edits';

const container = (fields: object) => ({
  'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"api"}': fields } } },
});
const variable = (name: string) => ({ [`k:{"name":"${name}"}`]: { '.': {}, 'f:name': {}, 'f:value': {} } });
const ours = {
  manager: 'catamaran',
  fieldsV1: {
    'f:spec': {
      'f:replicas': {},
      ...container({ '.': {}, 'f:name': {}, 'f:image': {}, 'f:env': variable('GREETING') }),
    },
  },
};

/** A Deployment with some variables, which several have written. */
function deployment(env: readonly object[], ...managedFields: readonly object[]): LiveObject {
  return {
    kind: 'Deployment',
    metadata: { name: 'api', managedFields } as LiveObject['metadata'],
    spec: {
      replicas: 2,
      template: {
        metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': 'now' } },
        spec: { containers: [{ name: 'api', image: 'api:1.0', command: ['sleep'], env }] },
      },
    },
  };
}

/** What the next update writes. */
const planned = {
  template: {
    spec: { containers: [{ name: 'api', image: 'api:1.0', env: [{ name: 'GREETING', value: 'Hello' }] }] },
  },
};
const greeting = { name: 'GREETING', value: 'Hello' };
const one = '/spec/template/spec/containers/0';
const inApi = [{ op: 'test', path: `${one}/name`, value: 'api' }];

test('what nobody has edited has no edit', () => {
  expect(handEditOf(deployment([greeting], ours), planned)).toBeUndefined();
  expect(handEditOf({ kind: 'Service', metadata: { name: 'api' } }, {})).toBeUndefined();
});

test('variables that were added are taken away, the last first, where they still are', () => {
  const env = [{ name: 'DEBUG', value: '1' }, greeting, { name: 'A', value: '2' }];
  const edit = {
    manager: 'kubectl-set',
    fieldsV1: { 'f:spec': container({ 'f:env': { ...variable('A'), ...variable('DEBUG') } }) },
  };
  expect(handEditOf(deployment(env, ours, edit), planned)).toEqual({
    object: 'deployment/api',
    added: ['spec.template.spec.containers[api].env[DEBUG]', 'spec.template.spec.containers[api].env[A]'],
    patch: [
      { op: 'test', path: `${one}/env/2/name`, value: 'A' },
      { op: 'remove', path: `${one}/env/2` },
      { op: 'test', path: `${one}/env/0/name`, value: 'DEBUG' },
      { op: 'remove', path: `${one}/env/0` },
    ],
  });
});

test('what two commands have written is taken away once', () => {
  const edits = ['kubectl-edit', 'kubectl-set'].map((manager) => ({
    manager,
    fieldsV1: { 'f:spec': container({ 'f:env': variable('DEBUG') }) },
  }));
  const env = [greeting, { name: 'DEBUG', value: '1' }];
  expect(handEditOf(deployment(env, ours, ...edits), planned)?.patch).toEqual([
    { op: 'test', path: `${one}/env/1/name`, value: 'DEBUG' },
    { op: 'remove', path: `${one}/env/1` },
  ]);
});

test('a field that was added is taken away, and one that is shared is left to its other owner', () => {
  const edit = {
    manager: 'kubectl-edit',
    fieldsV1: { 'f:spec': container({ '.': {}, 'f:command': {}, 'f:image': {} }) },
  };
  expect(handEditOf(deployment([greeting], ours, edit), planned)).toEqual({
    object: 'deployment/api',
    added: ['spec.template.spec.containers[api].command'],
    patch: [{ op: 'remove', path: `${one}/command` }],
  });
});

test('what the next update writes is changed back by it', () => {
  const image = { 'f:image': {}, 'f:env': { 'k:{"name":"GREETING"}': { 'f:value': {} } } };
  const edit = { manager: 'kubectl-set', fieldsV1: { 'f:spec': container(image) } };
  const without = { manager: 'catamaran', fieldsV1: { 'f:spec': container({ 'f:name': {} }) } };
  expect(handEditOf(deployment([greeting], without, edit), planned)).toBeUndefined();
});

test('a port is the same that the API server has completed', () => {
  const key = 'k:{"port":80,"protocol":"TCP"}';
  const edit = { manager: 'kubectl-edit', fieldsV1: { 'f:spec': { 'f:ports': { [key]: { '.': {} } } } } };
  const managedFields = [{ manager: 'catamaran' }, edit];
  const live = {
    kind: 'Service',
    metadata: { name: 'api', managedFields },
    spec: { ports: [{ port: 80, protocol: 'TCP' }] },
  } as LiveObject;
  expect(handEditOf(live, { ports: [{ port: 80 }] })).toBeUndefined();
  expect(handEditOf(live, { ports: [{ port: 81 }] })?.added).toEqual(['spec.ports[80/TCP]']);
});

test('a container that was added is taken away as a whole', () => {
  const edit = { manager: 'kubectl-patch', fieldsV1: { 'f:spec': container({ '.': {}, 'f:name': {} }) } };
  expect(handEditOf(deployment([], { manager: 'catamaran' }, edit), {})?.patch).toEqual([
    ...inApi,
    { op: 'remove', path: one },
  ]);
});

test('what is there no more is no edit', () => {
  const edit = { manager: 'kubectl-set', fieldsV1: { 'f:spec': container({ 'f:env': variable('GONE') }) } };
  expect(handEditOf(deployment([greeting], ours, edit), planned)).toBeUndefined();
});

test('a restart, a number of replicas, and what controllers write are nobody’s edit', () => {
  const template = { 'f:template': { 'f:metadata': { 'f:annotations': { '.': {} } } } };
  const entries = [
    { manager: 'kubectl-rollout', fieldsV1: { 'f:spec': template } },
    { manager: 'kubectl', subresource: 'scale', fieldsV1: { 'f:spec': { 'f:replicas': {} } } },
    { manager: 'kubectl-client-side-apply', fieldsV1: { 'f:spec': { 'f:replicas': {} } } },
    { manager: 'reloader', fieldsV1: { 'f:spec': container({ 'f:env': variable('GREETING') }) } },
    { manager: 'kubectl-annotate' },
  ];
  expect(handEditOf(deployment([greeting], { manager: 'catamaran' }, ...entries), planned)).toBeUndefined();
});

test('what kubectl has made is its own', () => {
  const made = { manager: 'kubectl-client-side-apply', fieldsV1: ours.fieldsV1 };
  expect(handEditOf(deployment([greeting], made), planned)).toBeUndefined();
});

test('a name with a slash is a pointer still', () => {
  const nodes = { 'f:nodeSelector': { 'f:example.org/gpu': {} } };
  const edited = {
    kind: 'StatefulSet',
    metadata: {
      name: 'database',
      managedFields: [{ manager: 'catamaran' }, { manager: 'kubectl-edit', fieldsV1: { 'f:spec': nodes } }],
    },
    spec: { nodeSelector: { 'example.org/gpu': 'yes' } },
  } as LiveObject;
  expect(handEditOf(edited, {})).toEqual({
    object: 'statefulset/database',
    added: ['spec.nodeSelector.example.org/gpu'],
    patch: [{ op: 'remove', path: '/spec/nodeSelector/example.org~1gpu' }],
  });
});
