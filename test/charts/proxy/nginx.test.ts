import { kubernetes } from 'catamaran';
import { issuesOfApp, onKubernetes, planOfApp } from '../../support/application';
import { objectOf, objectsOf } from '../../support/written';
import { shop, sticky } from './shop';

test('behind our own nginx, sticky visitors stay at the pods of a StatefulSet', () => {
  const planned = planOfApp(shop({ sticky }), onKubernetes);
  expect(objectsOf(planned, 'StatefulSet').map(({ metadata }) => metadata.name)).toEqual(['api']);
  expect(objectOf(planned, 'StatefulSet', 'api').spec?.serviceName).toBe('api-pods');
  expect(objectOf(planned, 'Service', 'api-pods').spec).toMatchObject({
    clusterIP: 'None',
    selector: { 'app.kubernetes.io/instance': 'api' },
  });
  const [routes] = objectsOf(planned, 'ConfigMap').map(({ data }) => data?.['default.conf']);
  expect(routes).toContain('    include /tmp/machine/resolver.conf;\n');
  expect(routes).toContain('    0 api-0.api-pods.shop.svc.$cluster_domain:8000;\n');
  expect(routes).toContain('proxy_pass http://api-8000;');
  expect(planned.notes.filter(({ field }) => field === 'routes')).toEqual([
    {
      field: 'routes',
      workloads: ['proxy'],
      note:
        'The replicas that visitors stay at run as a StatefulSet. A release replaces the replicas one after ' +
        'the other, and waits for each as long as it takes: the deadline does not apply',
    },
  ]);
  expect(planOfApp(shop({}), onKubernetes).notes.map(({ field }) => field)).toEqual(['user', 'processes']);
  expect(objectsOf(planOfApp(shop({}), onKubernetes), 'StatefulSet')).toEqual([]);
  const scaled = { api: { autoscale: { max: 5, targetPercent: 50 } } };
  expect(issuesOfApp(shop({ sticky }), { ...onKubernetes, components: scaled })).toEqual([
    'shop/proxy: Kubernetes refuses routes /api sticky to api: nginx needs a fixed list of replicas, ' +
      "and an autoscaler changes their number. Write autoscale: 'off' for the component; or accept this with accept: ['routes'] in " +
      'environment dev',
  ]);
});

test('nginx() is the default proxy of an environment', () => {
  expect(kubernetes({ namespace: 'shop' }).proxy).toEqual({ kind: 'nginx' });
});
