import * as pulumi from '@pulumi/pulumi';
import {
  Backend,
  backupVolume,
  existingSecret,
  loadBalancer,
  PostgresDatabase,
  Schedule,
  Secret,
  Size,
} from 'catamaran';
import { applyKubernetes } from '../../../charts/apply/apply';
import type { Deployment } from '../../../constructs/target/deployment';
import { contentHash } from '../../../constructs/target/hash';
import type { KubernetesSpec } from '../../../constructs/environment/kubernetes';
import { onKubernetes, planOfApp, present, type Build } from '../../support/application';
import { asWritten, deploymentOn, registeredBy, type Registered } from '../../support/pulumi';
import { fakeRunner } from '../../support/runner';
import { addShop } from '../../support/shop';
import { kubernetesPlan } from '../../support/written';

const shop: Build = (app) => {
  addShop(app, { api: { publish: 80 } });
};

const fromFile: KubernetesSpec = { ...onKubernetes, secrets: { kind: 'env-file', file: '.env' } };

function applied(
  place: KubernetesSpec = fromFile,
  build = shop,
  more: Partial<Deployment<KubernetesSpec>> = {},
): Promise<Registered[]> {
  const plan = kubernetesPlan(planOfApp(build, place));
  const elsewhere = place.secrets.kind === 'existing-secret';
  return registeredBy(() => {
    applyKubernetes(
      plan,
      deploymentOn(place, { ...(elsewhere && { values: { kind: 'elsewhere' } }), ...more }),
    );
  });
}

/** What replaces the pods of each controller when it changes. */
function rollouts(resources: readonly Registered[]): Record<string, string | undefined> {
  const found = resources.flatMap(({ name, inputs }) => {
    const { spec } = inputs as {
      spec?: { template?: { metadata: { annotations?: Record<string, string> } } };
    };
    const annotations = spec?.template?.metadata.annotations;
    return spec?.template ? [[withoutHash(name), annotations?.['catamaran.secrets']] as const] : [];
  });
  return Object.fromEntries(found);
}

const withoutHash = (name: string) => name.replace(/-[0-9a-f]{8}$/, '-hash');

describe('a whole application', () => {
  let resources: Registered[] = [];
  beforeAll(async () => {
    resources = await applied();
  });
  const find = (name: string) => present(resources.find((one) => withoutHash(one.name) === name));

  test('becomes the objects of its plan, under the types of the native classes, and its Secret', () => {
    const plan = kubernetesPlan(planOfApp(shop, fromFile));
    const objects = plan.groups.flatMap((group) => group.objects);
    const type = (apiVersion: string) => (apiVersion === 'v1' ? 'core/v1' : apiVersion);
    expect(resources.map((one) => `${one.type} ${one.name}`).sort()).toEqual(
      [
        'pulumi:providers:kubernetes cluster',
        'kubernetes:core/v1:Secret Secret/shop-secrets',
        ...objects.map(
          ({ apiVersion, kind, metadata }) =>
            `kubernetes:${type(apiVersion)}:${kind} ${kind}/${metadata.name}`,
        ),
      ].sort(),
    );
    for (const { kind, ...object } of objects) {
      const { inputs } = present(resources.find(({ name }) => name === `${kind}/${object.metadata.name}`));
      const skipAwait = kind === 'Service' && 'spec' in object && inputs['metadata'];
      if (!skipAwait) expect(asWritten(inputs)).toEqual({ ...object, kind });
    }
  });

  test('is taken over, under one name, from who made or edited it before', () => {
    const objects = resources.filter(({ type }) => type.startsWith('kubernetes:'));
    for (const { name, inputs } of objects)
      expect({ object: name, ...(inputs['metadata'] as object) }).toMatchObject({
        object: name,
        annotations: { 'pulumi.com/patchFieldManager': 'catamaran', 'pulumi.com/patchForce': 'true' },
      });
    expect(objects.length).toBeGreaterThan(10);
  });

  test('is in one cluster', () => {
    const others = resources.filter(({ type }) => !type.startsWith('pulumi:providers:'));
    expect(new Set(others.map(({ provider }) => provider))).toEqual(new Set(['cluster']));
  });

  test('comes after its namespace, and each workload after the controllers that it waits for', () => {
    expect(find('Secret/shop-secrets').after).toEqual(
      expect.arrayContaining(['Namespace/shop', 'NetworkPolicy/default.deny']),
    );
    const controllers = ['StatefulSet/database', 'Job/migration-hash', 'Deployment/api'];
    const after = controllers.map((name) => [
      name,
      find(name)
        .after.map(withoutHash)
        .filter((other) => [...controllers, 'Namespace/shop', 'Secret/shop-secrets'].includes(other))
        .sort(),
    ]);
    expect(Object.fromEntries(after)).toEqual({
      'StatefulSet/database': ['Namespace/shop', 'Secret/shop-secrets'],
      'Job/migration-hash': ['Namespace/shop', 'Secret/shop-secrets', 'StatefulSet/database'],
      'Deployment/api': [
        'Job/migration-hash',
        'Namespace/shop',
        'Secret/shop-secrets',
        'StatefulSet/database',
      ],
    });
  });

  test('has each controller after the other objects of its workload', () => {
    expect(find('Deployment/api').after).toEqual(
      expect.arrayContaining(['ServiceAccount/api', 'Service/api', 'NetworkPolicy/api']),
    );
  });

  test('marks the values of secrets, and shows them nowhere else', () => {
    expect(resources.filter(({ secret }) => secret).map(({ name }) => name)).toEqual(['Secret/shop-secrets']);
    expect(find('Secret/shop-secrets')).toMatchObject({
      inputs: { stringData: { DATABASE_PASSWORD: 'value-of-DATABASE_PASSWORD' } },
      secretOutputs: expect.arrayContaining(['data', 'stringData']) as string[],
    });
    const plain = resources.filter(({ secret }) => !secret).map(({ inputs }) => JSON.stringify(inputs));
    expect(plain.filter((text) => text.includes('value-of-'))).toEqual([]);
  });

  test('waits for the address of a load balancer and for no other Service', () => {
    const skips = (name: string) =>
      (find(name).inputs['metadata'] as { annotations?: Record<string, string> }).annotations?.[
        'pulumi.com/skipAwait'
      ];
    expect([skips('Service/api'), skips('Service/database'), skips('Service/api-public')]).toEqual([
      'true',
      'true',
      undefined,
    ]);
  });

  test('keeps its namespace, and so its data, when the stack is destroyed', () => {
    expect(resources.filter(({ retainOnDelete }) => retainOnDelete).map(({ name }) => name)).toEqual([
      'Namespace/shop',
    ]);
  });
});

test('the namespace goes with the stack where the environment says so', async () => {
  const resources = await applied({ ...fromFile, data: 'delete' });
  expect(resources.filter(({ retainOnDelete }) => retainOnDelete)).toEqual([]);
});

test('the volume of backups stays as the namespace does, and is not waited for', async () => {
  const build: Build = (app) =>
    new PostgresDatabase(app, 'database', {
      backup: { schedule: Schedule.cron('@daily'), to: backupVolume(Size.gibibytes(1)) },
    });
  const claimIn = async (place: KubernetesSpec) =>
    present((await applied(place, build)).find(({ type }) => type.endsWith(':PersistentVolumeClaim')));
  const kept = await claimIn(fromFile);
  expect(kept.name).toBe('PersistentVolumeClaim/database-backup-backups');
  expect(kept.retainOnDelete).toBe(true);
  expect(kept.inputs).toMatchObject({ metadata: { annotations: { 'pulumi.com/skipAwait': 'true' } } });
  expect((await claimIn({ ...fromFile, data: 'delete' })).retainOnDelete).toBe(false);
});

test('a Secret that somebody else keeps is not made', async () => {
  const resources = await applied({ ...fromFile, secrets: existingSecret('vault') });
  expect(resources.filter(({ type }) => type.endsWith(':Secret'))).toEqual([]);
});

test('another cluster is named by its context', async () => {
  const components = { api: { expose: loadBalancer(443) } };
  const resources = await applied({ ...fromFile, context: 'kind-shop', components });
  const provider = resources.find(({ type }) => type === 'pulumi:providers:kubernetes');
  expect(provider?.inputs).toMatchObject({ context: 'kind-shop' });
});

test('where nothing is made, nothing is waited for: the cluster is not asked how a Job ended', async () => {
  const { run, calls } = fakeRunner();
  const resources = await applied(fromFile, shop, { waits: false, command: 'destroy', run });
  expect(calls).toEqual([]);
  const before = await applied();
  expect(resources.map(({ name, after }) => [name, after])).toEqual(
    before.map(({ name, after }) => [name, after]),
  );
});

describe('a secret with another value', () => {
  const build: Build = (app) => {
    const props = { image: 'api:1.0', port: 8000 };
    new Backend(app, 'variable', { ...props, env: { TOKEN: Secret.named('TOKEN') } });
    new Backend(app, 'file', { ...props, env: { TOKEN_FILE: Secret.named('TOKEN').file } });
    new Backend(app, 'other', { ...props, env: { OTHER: Secret.named('OTHER') } });
    new Backend(app, 'none', props);
  };
  const deployed = (token: string, key = 'key') =>
    registeredBy(() => {
      const plan = kubernetesPlan(planOfApp(build, fromFile));
      const secret = (name: string) => pulumi.secret(name === 'TOKEN' ? token : 'other');
      const values = { kind: 'known', secret, key: pulumi.secret(key) } as const;
      applyKubernetes(plan, deploymentOn(fromFile, { values }));
    });

  test('replaces the pods that read it, and no others', async () => {
    const before = rollouts(await deployed('1234'));
    const after = rollouts(await deployed('4321'));
    expect(before['Deployment/none']).toBeUndefined();
    const changed = Object.keys(before).filter((name) => before[name] !== after[name]);
    expect(changed.sort()).toEqual(['Deployment/file', 'Deployment/variable']);
    expect(rollouts(await deployed('1234'))).toEqual(before);
  });

  test('cannot be guessed from what is seen, without the key', async () => {
    const seen = rollouts(await deployed('1234'))['Deployment/variable'];
    expect(seen).toMatch(/^[0-9a-f]{8}$/);
    expect(rollouts(await deployed('1234', 'another key'))['Deployment/variable']).not.toBe(seen);
    expect(seen).not.toBe(contentHash(['1234']));
  });

  test('has its hash in the clear, where a value is marked', async () => {
    const resources = await deployed('1234');
    expect(resources.filter(({ secret }) => secret).map(({ name }) => name)).toEqual(['Secret/shop-secrets']);
  });
});
