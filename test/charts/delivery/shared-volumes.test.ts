import {
  argoCd,
  Backend,
  existingSecret,
  flux,
  kubernetes,
  oneNode,
  PostgresDatabase,
  SharedVolume,
  type KubernetesOptions,
} from 'catamaran';
import { planOfApp, present, type Build } from '../../support/application';
import { kubernetesPlan } from '../../support/written';

const shop: Build = (app) => {
  const database = new PostgresDatabase(app, 'database');
  const volume = new SharedVolume(app, 'media');
  new Backend(app, 'api', {
    image: 'api:1.0',
    port: 8000,
    env: { DATABASE_URL: database.url },
    sharedVolumes: [{ volume, path: '/srv/media' }],
  });
};

function planWith(gitops: NonNullable<KubernetesOptions['gitops']>) {
  const place = { namespace: 'shop', secrets: existingSecret('shop'), sharedStorage: oneNode(), gitops };
  return kubernetesPlan(planOfApp(shop, kubernetes(place)));
}

test('Argo CD makes a shared claim in the wave of the first pods that mount it, as a pod binds it', () => {
  const { groups } = planWith(argoCd({ repository: 'https://git.example.com/raft/gitops.git' }));
  const waves = groups.map(({ name, objects: [first] }) => [
    name,
    present(first).metadata.annotations?.['argocd.argoproj.io/sync-wave'],
  ]);
  expect(Object.fromEntries(waves)).toEqual({
    '00-application': '0',
    '00-volumes': '2',
    database: '1',
    api: '2',
  });
});

test('Flux makes a shared claim before the pods that mount it, and does not wait until it is bound', () => {
  const { delivery } = planWith(flux({ sourceRef: { name: 'gitops' } }));
  const stage = (name: string) =>
    present(delivery.find((file) => file.name === `flux/stages/${name}`)).objects[0]?.spec;
  expect(stage('00-volumes')).toMatchObject({
    dependsOn: [{ name: 'shop-dev-00-application' }],
    wait: false,
  });
  expect(stage('api')).toMatchObject({
    dependsOn: [
      { name: 'shop-dev-00-application' },
      { name: 'shop-dev-00-volumes' },
      { name: 'shop-dev-database' },
    ],
    wait: true,
  });
});
