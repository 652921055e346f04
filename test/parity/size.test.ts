import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import { Backend, Cpu, Size, type BackendProps } from 'catamaran';
import type { Planned } from '../../constructs/pipeline/plan';
import {
  issuesOfApp,
  onDocker,
  onKubernetes,
  planOfApp,
  withProps,
  type Build,
} from '../support/application';
import { objectOf, serviceOf, containerOf } from '../support/written';
import { proveEach, backend, noteOf } from './support';

/** The same where nodes reserve all that a container may use. */
function guaranteed(props: Partial<BackendProps>): Planned {
  const place: KubernetesSpec = { ...onKubernetes, qualityOfService: 'guaranteed' };
  return planOfApp(withProps(props), place);
}

export const size = proveEach({
  replicas() {
    const { docker, kubernetes } = backend({ replicas: 3 });
    expect(objectOf(kubernetes, 'Deployment', 'api').spec?.replicas).toBe(3);
    expect(serviceOf(docker, 'api').scale).toBe(3);
    const one = backend();
    expect(objectOf(one.kubernetes, 'Deployment', 'api').spec?.replicas).toBe(1);
    expect(serviceOf(one.docker, 'api').scale).toBeUndefined();
    const published: Build = (app) =>
      new Backend(app, 'api', { image: 'api:1.0', port: 8000, replicas: 2, publish: 80 });
    expect(issuesOfApp(published, onDocker)).toEqual([
      'shop/api: replicas is 2, which Docker refuses: a port of the host can lead to only one container. ' +
        "Write replicas: 1, or publish a ReverseProxy in its place; or accept this with accept: ['replicas'] " +
        'in environment dev',
    ]);
    expect(objectOf(planOfApp(published, onKubernetes), 'Deployment', 'api').spec?.replicas).toBe(2);
  },

  autoscaling() {
    const build: Build = (app) =>
      new Backend(app, 'api', {
        image: 'api:1.0',
        port: 8000,
        replicas: 2,
        autoscale: { max: 5, targetPercent: 60 },
      });
    const kubernetes = planOfApp(build, onKubernetes);
    expect(objectOf(kubernetes, 'HorizontalPodAutoscaler', 'api').spec).toMatchObject({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' },
      minReplicas: 2,
      maxReplicas: 5,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } },
        },
      ],
    });
    expect(objectOf(kubernetes, 'Deployment', 'api').spec?.replicas).toBeUndefined();
    expect(issuesOfApp(build, onDocker)).toEqual([
      'shop/api: Docker refuses autoscaling: an engine does not change the number of containers by itself, so only the ' +
        "smallest number of replicas runs. Write autoscale: 'off' in the environment's components; or accept " +
        "this with accept: ['autoscaling'] in environment dev",
    ]);
    const accepted = planOfApp(build, { ...onDocker, accept: ['autoscaling'] });
    expect(serviceOf(accepted, 'api').scale).toBe(2);
    expect(noteOf(accepted, 'autoscaling')?.note).toBe(
      'accepted: an engine does not change the number of containers by itself, so only the smallest number of replicas ' +
        'runs',
    );
  },

  cpu() {
    const cpu = { request: Cpu.millicores(250), limit: Cpu.millicores(1500) };
    const { docker, kubernetes } = backend({ cpu });
    const limits = { cpu: '1500m' };
    expect(containerOf(kubernetes, 'api').resources).toMatchObject({ requests: { cpu: '250m' }, limits });
    const raised = guaranteed({ cpu });
    expect(containerOf(raised, 'api').resources).toMatchObject({ requests: limits, limits });
    expect(noteOf(raised, 'cpu')?.note).toBe(
      'With qualityOfService guaranteed, the request is raised to the limit',
    );
    expect(serviceOf(docker, 'api')).toMatchObject({ cpus: 1.5, cpu_shares: 256 });
  },

  memory() {
    const memory = { request: Size.mebibytes(128), limit: Size.mebibytes(256) };
    const { docker, kubernetes } = backend({ memory });
    const limits = { memory: '256Mi' };
    expect(containerOf(kubernetes, 'api').resources).toMatchObject({ requests: { memory: '128Mi' }, limits });
    const raised = guaranteed({ memory });
    expect(containerOf(raised, 'api').resources).toMatchObject({ requests: limits, limits });
    expect(noteOf(raised, 'memory')?.note).toBe(
      'With qualityOfService guaranteed, the request is raised to the limit',
    );
    expect(serviceOf(docker, 'api')).toMatchObject({
      mem_limit: '256m',
      mem_reservation: '128m',
      // No swap: a pod has none either.
      memswap_limit: '256m',
    });
  },

  processes() {
    const { docker, kubernetes } = backend({ processes: 99 });
    expect(serviceOf(docker, 'api').pids_limit).toBe(99);
    expect(noteOf(kubernetes, 'processes')).toEqual({
      field: 'processes',
      workloads: ['api'],
      note: 'A pod cannot set its own limit. The podPidsLimit of its node applies',
    });
  },
});
