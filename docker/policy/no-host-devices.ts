import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

export const noHostDevices: Policy<DockerPlan> = {
  name: 'no-host-devices',
  rule: 'No container can use a device of the host.',
  why: 'With a disk, a camera or a graphics card of the host, a program can read data of others.',
  sources: ['docker-bench-security check_5_17'],
  check: eachContainer(({ engine: { devices = [] } }) =>
    devices.map(({ host, permissions }) => ({
      field: 'engine.devices',
      got: `${host} (${permissions})`,
      write: 'no devices in an override',
    })),
  ),
};
