import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { must, ofContainers } from './rules';

/** A pod runs what it may pull, as it is now. */
export const freshImages: Policy<KubernetesPlan> = {
  name: 'fresh-images',
  rule: 'Every image is asked for at each start, so that its credentials are.',
  why: 'A node that has the image gives it to a pod that may not pull it, and runs what a tag was before.',
  sources: [
    'kube-score container-image-pull-policy',
    'checkov CKV_K8S_15',
    'Polaris pullPolicyNotAlways',
    'https://kubernetes.io/docs/concepts/containers/images/',
  ],
  check: ofContainers(({ imagePullPolicy }) =>
    must(imagePullPolicy === 'Always', 'imagePullPolicy', imagePullPolicy, 'Always'),
  ),
};
