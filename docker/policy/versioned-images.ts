import { knownTagOf } from '../../constructs/model/known-tags';
import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

/** Tags that move to the newest image. */
const moving = /:(latest|stable|edge|test|nightly|dev|beta|canary|lts|main|master)$/;
const pinned = /@sha256:[0-9a-f]{64}$/;
const tagged = /:[^:/]+$/;

/** This policy accepts the tag of a version. An environment with `images: 'pinned'` requires digests. */
export const versionedImages: Policy<DockerPlan> = {
  name: 'versioned-images',
  rule: 'Every image is built by the application, or named by a digest or by the tag of a version.',
  why: 'A tag such as latest moves: the next start runs a program that nobody has tested, and the old one cannot be restored.',
  sources: ['docker-bench-security check_5_27', 'dclint service-image-require-explicit-tag'],
  applies: 'in production',
  check: eachContainer(({ image: got, builds }) => {
    if (builds.length > 0 || pinned.test(got)) return [];
    if (tagged.test(got) && !moving.test(got)) return [];
    const name = got.replace(/:[^:/]*$/, '');
    const known = knownTagOf(name);
    const example = known === undefined ? '' : `, such as ${name}:${known}`;
    const write = `the image with the tag of a version${example}, or npx catamaran images --pin`;
    return [{ field: 'image', got, write }];
  }),
};
