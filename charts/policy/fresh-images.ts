import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { faultUnless, eachPodContainer } from './rules';

export const freshImages: Policy<KubernetesPlan> = {
  name: 'fresh-images',
  rule: 'Every container asks the registry for its image at each start, so that the registry checks the credentials.',
  why: 'A node that already has the image gives it to pods that may not pull it, and keeps running an old image after its tag has moved.',
  sources: [
    'kube-score container-image-pull-policy',
    'checkov CKV_K8S_15',
    'Polaris pullPolicyNotAlways',
    'https://kubernetes.io/docs/concepts/containers/images/',
  ],
  check: eachPodContainer(({ imagePullPolicy }) =>
    faultUnless(imagePullPolicy === 'Always', 'imagePullPolicy', imagePullPolicy, 'Always'),
  ),
};
