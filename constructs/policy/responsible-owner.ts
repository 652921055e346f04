import type { ApplicationModel } from '../model/workload';
import type { Policy } from './policy';

export const responsibleOwner: Policy<ApplicationModel> = {
  name: 'responsible-owner',
  rule: 'An application names the email address of the people who are responsible for it.',
  why: 'On a cluster or a host of many teams, nobody knows whom to ask when one of its objects has a problem.',
  sources: ['kube-linter required-label-owner', 'kube-linter required-annotation-email'],
  check: () => [],
  advise: ({ owner }) =>
    owner.email === ''
      ? [
          {
            workload: undefined,
            field: 'owner.email',
            got: owner.email,
            write: "owner: { email: 'team@example.com' } in the props of the application",
            sentence:
              "owner.email is missing: write owner: { email: 'team@example.com' } in the props of the application",
          },
        ]
      : [],
};
