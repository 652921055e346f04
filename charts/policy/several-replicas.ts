import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { must, objectsIn, ofPods, selects } from './rules';

/** One that fails is not all of them. */
export const severalReplicas: Policy<KubernetesPlan> = {
  name: 'several-replicas',
  rule: 'What answers requests has more than one replica, or an autoscaler that starts at more.',
  why: 'One that fails, or whose node is drained, is all of them.',
  sources: ['kube-score deployment-replicas', 'Polaris deploymentMissingReplicas', 'Trivy KSV-0019'],
  check: ofPods(({ controller, labels }, plan) => {
    if (controller.kind !== 'Deployment') return [];
    const { name } = controller.metadata;
    const served = objectsIn(plan).some(
      (object) => object.kind === 'Service' && selects(object.spec?.selector, labels),
    );
    const scaled = objectsIn(plan).flatMap((object) =>
      object.kind === 'HorizontalPodAutoscaler' && object.spec?.scaleTargetRef.name === name
        ? [object.spec.minReplicas]
        : [],
    );
    const replicas = scaled[0] ?? controller.spec?.replicas ?? 1;
    return served ? must(replicas > 1, 'spec.replicas', replicas, 'replicas: 2') : [];
  }),
};
