import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { objectsIn } from '../group';
import { faultUnless, eachPod, selects } from './rules';

export const severalReplicas: Policy<KubernetesPlan> = {
  name: 'several-replicas',
  rule: 'Every Deployment that serves requests has more than one replica, or an autoscaler with a minimum above one.',
  why: 'If the only replica fails, or its node is drained, nothing answers requests.',
  sources: ['kube-score deployment-replicas', 'Polaris deploymentMissingReplicas', 'Trivy KSV-0019'],
  applies: 'in production',
  check: eachPod(({ controller, labels }, plan) => {
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
    return served ? faultUnless(replicas > 1, 'spec.replicas', replicas, '2 or more') : [];
  }),
};
