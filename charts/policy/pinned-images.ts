import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { must, ofContainers } from './rules';

/** The same files run the same programs. */
export const pinnedImages: Policy<KubernetesPlan> = {
  name: 'pinned-images',
  rule: 'Every image is named by its tag and its digest.',
  why: 'A tag leads elsewhere tomorrow: the same files then run other programs, and a rollback does not bring the old ones back.',
  sources: [
    'checkov CKV_K8S_43',
    'checkov CKV_K8S_14',
    'kube-score container-image-tag',
    'kube-linter latest-tag',
    'Polaris tagNotSpecified',
  ],
  check: ofContainers(({ image }) =>
    must(
      image !== undefined && /:[^/@]+@sha256:[0-9a-f]{64}$/.test(image),
      'image',
      image,
      'a tag and a digest: catamaran images --pin',
    ),
  ),
};
