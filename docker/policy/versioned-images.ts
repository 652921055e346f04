import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

/** Tags that are moved to whatever is newest. */
const moving = /:(latest|stable|edge|test|nightly|dev|beta|canary|lts|main|master)$/;
const pinned = /@sha256:[0-9a-f]{64}$/;
const tagged = /:[^:/]+$/;

/** An image is of one version. That it is of the same bytes is what `images: 'pinned'` of an environment demands. */
export const versionedImages: Policy<DockerPlan> = {
  name: 'versioned-images',
  rule: 'A container runs an image that is built here, or named by its digest or by the tag of a version.',
  why: 'The next start runs another program than the one that was tested, and nobody can go back to that.',
  sources: ['docker-bench-security check_5_27', 'dclint service-image-require-explicit-tag'],
  check: eachContainer(({ image: got, builds }) => {
    if (builds.length > 0 || pinned.test(got)) return [];
    if (tagged.test(got) && !moving.test(got)) return [];
    return [
      { field: 'image', got, write: 'the image with the tag of a version, or npx catamaran images --pin' },
    ];
  }),
};
