import type { ApplicationModel } from '../model/workload';
import type { Policy } from './policy';

/** Whoever finds an object knows whom to ask. */
export const responsibleOwner: Policy<ApplicationModel> = {
  name: 'responsible-owner',
  rule: 'An application names an address of those who answer for it.',
  why: 'Who finds an object that is in trouble, in a cluster or on a host of many teams, has nobody to ask.',
  sources: ['kube-linter required-label-owner', 'kube-linter required-annotation-email'],
  check: ({ owner }) =>
    owner.email === ''
      ? [
          {
            workload: undefined,
            field: 'owner.email',
            got: owner.email,
            write: "the application's props: { owner: { email: 'team@example.com' } }",
          },
        ]
      : [],
};
