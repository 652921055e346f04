import type { PodContainer, PodSpec } from '../../charts/manifest';
import { onKubernetes, planOfApp, present } from '../support/application';
import { shop } from '../support/shop';
import { objectsOf } from '../support/written';

/** A shop in a cluster, with a version and an owner. */
export const planned = planOfApp(shop, onKubernetes, {
  version: '1.2.3',
  owner: { team: 'raft', email: 'raft@example.com' },
});

/** Each pod of it, after the name of its workload. */
export const pods = (['Deployment', 'StatefulSet', 'Job'] as const).flatMap((kind) =>
  objectsOf(planned, kind).map((object): [string, PodSpec] => [
    object.metadata.name.replace(/-[0-9a-f]{8}$/, ''),
    present(object.spec?.template.spec),
  ]),
);
/** All of its containers, those that wait for others included. */
export const containers = pods.flatMap(([, pod]): PodContainer[] => [
  ...(pod.initContainers ?? []),
  ...pod.containers,
]);
