import { readOnlyRoot } from '../../constructs/policy/read-only-root';
import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

/** Checks the planned containers, overrides included. */
export const readOnlyRootOfContainers: Policy<DockerPlan> = {
  ...readOnlyRoot,
  check: eachContainer(({ name, readOnly: got }, { stated }) =>
    got || stated[name]?.root === 'writable' ? [] : [{ field: 'readOnly', got, write: 'true' }],
  ),
};
