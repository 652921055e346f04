import { readOnlyRoot } from '../../constructs/policy/read-only-root';
import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { faultUnless, eachPodContainer } from './rules';
import { statedOf } from './stated';

/** Checks the planned pods, overrides included. */
export const readOnlyRootOfPods: Policy<KubernetesPlan> = {
  ...readOnlyRoot,
  check: eachPodContainer((container, pod, plan) => {
    const got = container.securityContext?.readOnlyRootFilesystem;
    const isRight = got === true || statedOf(container, pod, plan).root === 'writable';
    return faultUnless(isRight, 'securityContext.readOnlyRootFilesystem', got, 'true');
  }),
};
