import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

/** A container has no device of the host; an override can give it some. */
export const noHostDevices: Policy<DockerPlan> = {
  name: 'no-host-devices',
  rule: 'A container has no device of the host.',
  why: 'Through a disk, a camera or the memory of a graphics card a program reads what is not its own.',
  sources: ['docker-bench-security check_5_17'],
  check: eachContainer(({ engine: { devices = [] } }) =>
    devices.map(({ host, permissions }) => ({
      field: 'engine.devices',
      got: `${host} (${permissions})`,
      write: 'no override of them',
    })),
  ),
};
