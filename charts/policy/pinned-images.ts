import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { faultUnless, eachPodContainer } from './rules';

export const pinnedImages: Policy<KubernetesPlan> = {
  name: 'pinned-images',
  rule: 'Every image is named by its tag and its digest.',
  why: 'A tag can point to another image tomorrow. Then the same files run other programs, and a rollback does not bring the old ones back.',
  sources: [
    'checkov CKV_K8S_43',
    'checkov CKV_K8S_14',
    'kube-score container-image-tag',
    'kube-linter latest-tag',
    'Polaris tagNotSpecified',
  ],
  applies: 'in production',
  check: eachPodContainer(({ image }) =>
    faultUnless(
      image !== undefined && /:[^/@]+@sha256:[0-9a-f]{64}$/.test(image),
      'image',
      image,
      'the image with its tag and digest: catamaran images --pin adds the digest',
    ),
  ),
};
