import * as pulumi from '@pulumi/pulumi';
import { Backend } from 'catamaran';
import type { Kubectl } from '../../../charts/apply/kubectl';
import type { Finished } from '../../../constructs/target/runner';
import { finished } from '../../support/runner';
import { liveObjects } from '../../../charts/apply/live';
import { withoutHandEdits } from '../../../charts/apply/without-hand-edits';
import { onKubernetes, planOfApp } from '../../support/application';
import { mockResources } from '../../support/pulumi';
import { kubernetesPlan } from '../../support/written';

const service = {
  kind: 'Service',
  metadata: {
    name: 'api',
    managedFields: [
      { manager: 'catamaran' },
      { manager: 'kubectl-edit', fieldsV1: { 'f:spec': { 'f:externalName': {} } } },
    ],
  },
  spec: { externalName: 'elsewhere' },
};
const added = 'service/api was edited by hand: somebody added spec.externalName';
const asked =
  'get deployments,statefulsets,cronjobs,services --selector app.kubernetes.io/part-of=shop ' +
  '--show-managed-fields --output json';
const patched =
  'patch service/api --type json --patch [{"op":"remove","path":"/spec/externalName"}] --field-manager catamaran';

const ok: Finished = finished(JSON.stringify({ items: [service] }));
const refused: Finished = finished({ code: 1, stderr: 'forbidden\n' });

const plan = kubernetesPlan(
  planOfApp((app) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 }), onKubernetes),
);

/** What is asked of a cluster, and told. */
async function cleared(
  then: 'remove' | 'warn',
  answers: { readonly get?: Finished; readonly patch?: Finished } = {},
) {
  await mockResources();
  const told: string[] = [];
  for (const level of ['log', 'warn'] as const)
    jest.spyOn(console, level).mockImplementation((...texts: readonly unknown[]) => {
      told.push(texts.join(' '));
    });
  const calls: string[] = [];
  const kubectl: Kubectl = (...args) => {
    calls.push(args.join(' '));
    return Promise.resolve((args[0] === 'get' ? answers.get : answers.patch) ?? ok);
  };
  const live = await liveObjects('shop', kubectl);
  const end = await withoutHandEdits(live, plan, kubectl, then).then(
    () => 'done',
    (error: unknown) => error,
  );
  return { calls, told, end };
}

afterEach(() => {
  jest.restoreAllMocks();
});

test('an update takes away what was added by hand', async () => {
  expect(await cleared('remove')).toEqual({
    calls: [asked, patched],
    told: [`info: [runtime] ${added}. These fields are now removed`],
    end: 'done',
  });
});

test('what changes nothing tells of it', async () => {
  expect(await cleared('warn')).toEqual({
    calls: [asked],
    told: [`warning: [runtime] ${added}. The next pulumi up removes these fields`],
    end: 'done',
  });
});

test('what the plan has no more is left to Pulumi, which deletes it', async () => {
  const old = { ...service, metadata: { ...service.metadata, name: 'old' } };
  const get = { ...ok, stdout: JSON.stringify({ items: [old] }) };
  expect(await cleared('remove', { get })).toEqual({ calls: [asked], told: [], end: 'done' });
});

test('what cannot be taken away fails the update', async () => {
  const { end } = await cleared('remove', { patch: refused });
  expect(end).toEqual(new pulumi.RunError(`${added}. These fields cannot be removed: forbidden`));
});

test('a cluster that cannot be asked is told', async () => {
  expect(await cleared('remove', { get: refused })).toEqual({
    calls: [asked],
    told: ['warning: [runtime] Edits by hand cannot be found, because the objects cannot be read: forbidden'],
    end: 'done',
  });
});
