import { usualPorts } from '../../../docker/policy/usual-ports';
import { foundAfter } from '../../support/docker-policy';

function found(port: number) {
  const publish = [{ port, target: 8080, address: '0.0.0.0' }];
  return foundAfter(usualPorts, 'proxy', (container) => ({ ...container, publish }));
}

test.each([22, 81, 1023])('the port %d of the host is found', (got) => {
  expect(found(got)).toEqual([
    { workload: 'proxy', field: 'publish', got, write: '80, 443, or a port of 1024 or more' },
  ]);
});

test.each([80, 443, 1024, 65_535])('the port %d keeps the policy', (port) => {
  expect(found(port)).toEqual([]);
});
