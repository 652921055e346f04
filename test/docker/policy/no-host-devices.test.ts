import { noHostDevices } from '../../../docker/policy/no-host-devices';
import { foundAfter, withEngine } from '../../support/docker-policy';

test('each device that an override gives is found', () => {
  const devices = [
    { host: '/dev/sda', container: '/dev/disk', permissions: 'rwm' },
    { host: '/dev/dri', container: '/dev/dri', permissions: 'r' },
  ];
  expect(foundAfter(noHostDevices, 'api', withEngine({ devices }))).toEqual([
    { workload: 'api', field: 'engine.devices', got: '/dev/sda (rwm)', write: 'no devices in an override' },
    { workload: 'api', field: 'engine.devices', got: '/dev/dri (r)', write: 'no devices in an override' },
  ]);
});

test('other options give none', () => {
  expect(foundAfter(noHostDevices, 'api', withEngine({ labels: { watch: 'yes' } }))).toEqual([]);
});
