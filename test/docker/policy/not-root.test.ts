import { notRoot } from '../../../docker/policy/not-root';
import { foundAfter } from '../../support/docker-policy';

function found(uid: number, gid: number) {
  return foundAfter(notRoot, 'api', (container) => ({ ...container, user: { uid, gid } }));
}

test.each([0, 10001])('root with the group %d is found', (gid) => {
  expect(found(0, gid)).toEqual([
    {
      workload: 'api',
      field: 'user',
      got: `0:${gid}`,
      write: 'the user of the image, such as user: { uid: 10001, gid: 10001 }',
    },
  ]);
});

test('another user in the group of root is not root', () => {
  expect(found(472, 0)).toEqual([]);
});
