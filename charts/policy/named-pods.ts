import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { must, objectsIn, ofPods, selects } from './rules';

/** Every pod of a StatefulSet has a name. */
export const namedPods: Policy<KubernetesPlan> = {
  name: 'named-pods',
  rule: 'The Service that a StatefulSet names is there, has no address, and selects its pods.',
  why: 'Its pods have no names otherwise.',
  sources: [
    'kube-score statefulset-has-servicename',
    'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id',
  ],
  check: ofPods(({ controller, labels }, plan) => {
    if (controller.kind !== 'StatefulSet') return [];
    const named = controller.spec?.serviceName;
    const found = objectsIn(plan).some(
      (object) =>
        object.kind === 'Service' &&
        object.metadata.name === named &&
        object.spec?.clusterIP === 'None' &&
        selects(object.spec.selector, labels),
    );
    return must(found, 'spec.serviceName', named, 'a headless Service of the pods');
  }),
};
