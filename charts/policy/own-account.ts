import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { objectsIn } from '../group';
import { faultUnless, eachPod } from './rules';

export const ownAccount: Policy<KubernetesPlan> = {
  name: 'own-account',
  rule: 'Every pod has a service account of its own, without a token for the API.',
  why: 'With a token, an attacker in the pod can log in to the cluster, with the rights of every pod that shares the account.',
  sources: [
    'checkov CKV_K8S_38',
    'checkov CKV_K8S_41',
    'Trivy KSV-0036',
    'Polaris automountServiceAccountToken',
    'kube-linter default-service-account',
    'kube-linter non-existent-service-account',
  ],
  check: eachPod(({ spec: { serviceAccountName, automountServiceAccountToken } }, plan) => {
    const account = objectsIn(plan).find(
      ({ kind, metadata }) => kind === 'ServiceAccount' && metadata.name === serviceAccountName,
    );
    const mounted = account?.kind === 'ServiceAccount' ? account.automountServiceAccountToken : undefined;
    return [
      ...faultUnless(
        automountServiceAccountToken === false,
        'automountServiceAccountToken',
        automountServiceAccountToken,
        'false',
      ),
      ...faultUnless(
        mounted === false,
        'serviceAccountName',
        serviceAccountName,
        'a service account of the application, without a token',
      ),
    ];
  }),
};
