import { userOf } from '../../docker/container';

test('the user of a container is told with its group', () => {
  expect(userOf({ user: { uid: 10_001, gid: 0 } })).toBe('10001:0');
});
