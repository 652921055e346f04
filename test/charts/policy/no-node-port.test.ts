import { Backend, loadBalancer, nodePort, type Application } from 'catamaran';
import { noNodePort } from '../../../charts/policy/no-node-port';
import { onKubernetes, planOfApp } from '../../support/application';
import { kubernetesPlan } from '../../support/written';

const build = (app: Application) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 });

function found(expose: ReturnType<typeof nodePort> | ReturnType<typeof loadBalancer>) {
  const place = { ...onKubernetes, components: { api: { expose } } };
  return noNodePort.check(kubernetesPlan(planOfApp(build, place)));
}

test('a Service at the ports of the nodes is found', () => {
  expect(found(nodePort(30080))).toEqual([
    {
      workload: 'api',
      object: 'Service/api-public',
      field: 'spec.type',
      got: 'NodePort',
      write: 'expose: loadBalancer(…), or use a proxy of the cluster',
    },
  ]);
});

test('one at an address of its own keeps the policy', () => {
  expect(found(loadBalancer(80))).toEqual([]);
});
