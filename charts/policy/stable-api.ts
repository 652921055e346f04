import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { must, ofObjects } from './rules';

/** The only version that there is. */
const sealedSecrets = 'bitnami.com/v1alpha1';

/** What is applied today can be applied after the next upgrade. */
export const stableApi: Policy<KubernetesPlan> = {
  name: 'stable-api',
  rule: 'Every object is of a version of the API that stays.',
  why: 'A version of alpha or beta goes with a release of Kubernetes, and with it the next apply.',
  sources: [
    'kube-score stable-version',
    'pluto',
    'https://kubernetes.io/docs/reference/using-api/deprecation-policy/',
  ],
  check: ofObjects(({ apiVersion }) =>
    must(
      !/v\d+(?:alpha|beta)\d+$/.test(apiVersion) || apiVersion === sealedSecrets,
      'apiVersion',
      apiVersion,
      'a version without alpha or beta',
    ),
  ),
};
