import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { must, objectsIn, ofPods } from './rules';

/** Nobody logs in to the cluster from a pod. */
export const ownAccount: Policy<KubernetesPlan> = {
  name: 'own-account',
  rule: 'Every pod has a service account of its own, and no token of the API.',
  why: 'A token is a login to the cluster for whoever breaks into the pod, with the rights of all that share the account.',
  sources: [
    'checkov CKV_K8S_38',
    'checkov CKV_K8S_41',
    'Trivy KSV-0036',
    'Polaris automountServiceAccountToken',
    'kube-linter default-service-account',
    'kube-linter non-existent-service-account',
  ],
  check: ofPods(({ spec: { serviceAccountName, automountServiceAccountToken } }, plan) => {
    const account = objectsIn(plan).find(
      ({ kind, metadata }) => kind === 'ServiceAccount' && metadata.name === serviceAccountName,
    );
    const mounted = account?.kind === 'ServiceAccount' ? account.automountServiceAccountToken : undefined;
    return [
      ...must(
        automountServiceAccountToken === false,
        'automountServiceAccountToken',
        automountServiceAccountToken,
        'false',
      ),
      ...must(
        mounted === false,
        'serviceAccountName',
        serviceAccountName,
        'an account of the application, without a token',
      ),
    ];
  }),
};
