import { Backend, type Application } from 'catamaran';
import { responsibleOwner } from '../../../constructs/policy/responsible-owner';
import { onDocker } from '../../support/application';
import { adviceOf } from '../../support/policy';

const build = (app: Application) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 });

test('an application without an address gets advice', () => {
  expect(adviceOf(responsibleOwner, build)).toEqual([
    {
      workload: undefined,
      field: 'owner.email',
      got: '',
      write: "owner: { email: 'team@example.com' } in the props of the application",
      sentence:
        "owner.email is missing: write owner: { email: 'team@example.com' } in the props of the application",
    },
  ]);
});

test('one with an address gets none', () => {
  const owner = { email: 'shop@example.org' };
  expect(adviceOf(responsibleOwner, build, onDocker, { owner })).toEqual([]);
});
