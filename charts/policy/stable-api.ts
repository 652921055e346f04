import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { faultUnless, eachObject } from './rules';

/** The only version of the API of SealedSecret. The policy accepts it. */
const sealedSecrets = 'bitnami.com/v1alpha1';

export const stableApi: Policy<KubernetesPlan> = {
  name: 'stable-api',
  rule: 'Every object uses a stable version of its API, not an alpha or beta version.',
  why: 'Kubernetes removes alpha and beta versions. After such an upgrade, the objects can no longer be applied.',
  sources: [
    'kube-score stable-version',
    'pluto',
    'https://kubernetes.io/docs/reference/using-api/deprecation-policy/',
  ],
  check: eachObject(({ apiVersion }) =>
    faultUnless(
      !/v\d+(?:alpha|beta)\d+$/.test(apiVersion) || apiVersion === sealedSecrets,
      'apiVersion',
      apiVersion,
      'a version without alpha or beta',
    ),
  ),
};
