import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { objectsIn } from '../group';
import { faultUnless, eachPod, selects } from './rules';

export const namedPods: Policy<KubernetesPlan> = {
  name: 'named-pods',
  rule: 'Every StatefulSet names a headless Service that exists and selects its pods.',
  why: 'Without that Service, the pods have no DNS names.',
  sources: [
    'kube-score statefulset-has-servicename',
    'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id',
  ],
  check: eachPod(({ controller, labels }, plan) => {
    if (controller.kind !== 'StatefulSet') return [];
    const named = controller.spec?.serviceName;
    const found = objectsIn(plan).some(
      (object) =>
        object.kind === 'Service' &&
        object.metadata.name === named &&
        object.spec?.clusterIP === 'None' &&
        selects(object.spec.selector, labels),
    );
    return faultUnless(found, 'spec.serviceName', named, 'the name of a headless Service for the pods');
  }),
};
