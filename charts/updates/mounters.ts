import type { WrittenObject } from './written';

/** The kinds of objects whose pods keep a claim in use. Pods of a Job and of a CronJob end by themselves. */
const running = ['Deployment', 'StatefulSet'];

/** The objects whose pods mount a claim: those beside it in its file, and for a shared volume those that name it. */
export function mountersOf(claim: WrittenObject, all: readonly WrittenObject[]): WrittenObject[] {
  const named = new RegExp(`^ *claimName: '?${claim.name}'?$`, 'm');
  return all.filter(
    ({ kind, namespace, file, text }) =>
      namespace === claim.namespace &&
      ((kind === 'Deployment' && file === claim.file) || (running.includes(kind) && named.test(text))),
  );
}
