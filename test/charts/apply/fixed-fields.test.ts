import { PostgresDatabase, Size } from 'catamaran';
import { warnOfFixedFields } from '../../../charts/apply/fixed-fields';
import type { EnvironmentSpec } from '../../../constructs/environment/environment';
import { onKubernetes, planOfApp } from '../../support/application';
import { mockResources } from '../../support/pulumi';
import { kubernetesPlan, objectOf } from '../../support/written';

const planned = (gibibytes: number, place: EnvironmentSpec) =>
  planOfApp((app) => new PostgresDatabase(app, 'database', { storage: Size.gibibytes(gibibytes) }), place);

/** What is told of a StatefulSet of 1 GiB in the cluster, where the API server has filled fields in. */
async function told(gibibytes: number, place: EnvironmentSpec = onKubernetes): Promise<string[]> {
  await mockResources();
  const texts: string[] = [];
  jest.spyOn(console, 'warn').mockImplementation((...all: readonly unknown[]) => {
    texts.push(all.join(' '));
  });
  const { kind, spec } = objectOf(planned(1, place), 'StatefulSet', 'database');
  const claims = spec?.volumeClaimTemplates?.map((claim) => ({
    ...claim,
    metadata: { ...claim.metadata, creationTimestamp: null },
  }));
  const live = { ...spec, podManagementPolicy: 'OrderedReady', volumeClaimTemplates: claims };
  await warnOfFixedFields(
    [{ kind, metadata: { name: 'database' }, spec: live }],
    kubernetesPlan(planned(gibibytes, place)),
  );
  return texts;
}

afterEach(() => {
  jest.restoreAllMocks();
});

test('pulumi up tells the steps of a claim that grows', async () => {
  expect(await told(2)).toEqual([
    `warning: [runtime] Pulumi would delete StatefulSet database with its pods, and make it again. Its claims would stay as they are. Volume data grows from 1Gi to 2Gi. A cluster refuses every such change of a StatefulSet. With these steps, its pods keep running. Before the update, do this:
# The StorageClass must have allowVolumeExpansion: kubectl get storageclass
kubectl --namespace shop patch persistentvolumeclaim data-database-0 --patch '{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}'
kubectl --namespace shop delete statefulset database --cascade=orphan
pulumi up`,
  ]);
});

test('where data is not kept, the claims would go with the StatefulSet', async () => {
  const [warning] = await told(2, { ...onKubernetes, data: 'delete' });
  expect(warning).toContain(' Its claims would be deleted, with their data. Volume data grows ');
});

test('and nothing of what the API server has filled in', async () => {
  expect(await told(1)).toEqual([]);
});
