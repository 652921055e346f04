import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

export const noCapabilities: Policy<DockerPlan> = {
  name: 'no-capabilities',
  rule: 'No container has a Linux capability that its component does not state.',
  why: 'Each capability is a part of the power of root over the host. Whoever takes over the program has it too.',
  sources: ['docker-bench-security check_5_3', 'https://man7.org/linux/man-pages/man7/capabilities.7.html'],
  check: eachContainer(({ name, capabilities, engine }, { stated }) => {
    const allowed: readonly string[] = stated[name]?.capabilities ?? [];
    const more = (got: readonly string[]) => got.some((one) => !allowed.includes(one.replace(/^CAP_/, '')));
    return Object.entries({ capabilities, 'engine.capabilities': engine.capabilities ?? [] })
      .filter(([, got]) => more(got))
      .map(([field, got]) => ({
        field,
        got,
        write:
          'no capabilities in an override. Instead, state them in capabilities or runsAsRoot of the component',
      }));
  }),
};
