import { Backend, Secret } from 'catamaran';
import { formatIssue } from '../../../constructs/issue';
import { checkAll, type Policy } from '../../../constructs/policy/policy';
import { secretsInFiles } from '../../../constructs/policy/secrets-in-files';
import { judge, type Verdict } from '../../../constructs/policy/verdict';
import { modelOfApp, onDocker } from '../../support/application';

const elsewhere: Policy<never> = {
  ...{ name: 'elsewhere', rule: 'Asked of the other target.', why: 'It has another.', sources: [] },
  check: () => [],
};

type Reasons = Readonly<Record<string, string>>;

/** @param all exceptions of the environment. @param others names of components that break the policy as well */
function verdict(exceptions: Reasons, secret: boolean, all: Reasons = {}, others: string[] = []): Verdict {
  const props = { image: 'api:1.0', port: 8000, env: secret ? { KEY: Secret.named('KEY') } : {} };
  const place = { ...onDocker, exceptions: all };
  const model = modelOfApp((app) => {
    new Backend(app, 'api', { ...props, exceptions });
    for (const name of others) new Backend(app, name, props);
  }, place);
  return judge(model, checkAll([secretsInFiles], model), [secretsInFiles, elsewhere]);
}

const lines = ({ findings }: Verdict) =>
  findings.map(({ policy, issue }) => `${policy} ${formatIssue(issue)}`);

test('a violation is a finding, with its path', () => {
  expect(lines(verdict({}, true))).toEqual([
    'secrets-in-files shop/api: env.KEY contains the secret KEY: write KEY_FILE: ' +
      "Secret.named('KEY').file, if the program can read a file",
  ]);
});

test('an exception excuses what its component breaks, with its reason', () => {
  expect(verdict({ 'secrets-in-files': 'it reads no files' }, true)).toEqual({
    findings: [],
    advice: [],
    excused: [{ policy: 'secrets-in-files', path: 'shop/api', reason: 'it reads no files', violations: 1 }],
    kept: 0,
  });
});

test('an application that keeps every policy needs no exception', () => {
  expect(verdict({}, false)).toEqual({ findings: [], advice: [], excused: [], kept: 1 });
});

test('an exception that excuses nothing is a finding', () => {
  expect(lines(verdict({ 'secrets-in-files': 'it reads no files' }, false))).toEqual([
    'exceptions shop/api: exceptions.secrets-in-files excuses nothing, because api keeps the policy: ' +
      'remove it',
  ]);
});

test('an exception to a policy that nobody has is a finding', () => {
  expect(lines(verdict({ secrets: 'typo' }, false))).toEqual([
    'exceptions shop/api: exceptions.secrets is not the name of a policy: write one of elsewhere, secrets-in-files',
  ]);
});

test('an exception without a reason is a finding', () => {
  expect(lines(verdict({ 'secrets-in-files': ' ' }, true))).toEqual([
    'exceptions shop/api: exceptions.secrets-in-files has no reason: write why the policy is wrong here',
  ]);
});

test('an exception to a policy of the other target waits for it', () => {
  expect(verdict({ elsewhere: 'there alone' }, false)).toEqual({
    findings: [],
    advice: [],
    excused: [],
    kept: 1,
  });
});

describe('an exception of the environment', () => {
  const reason = 'a place to try things out';

  test('excuses every component at once, with its reason', () => {
    expect(verdict({}, true, { 'secrets-in-files': reason }, ['web', 'admin'])).toEqual({
      findings: [],
      advice: [],
      excused: [{ policy: 'secrets-in-files', path: 'shop (dev)', reason, violations: 3 }],
      kept: 0,
    });
  });

  test('yields to the exception of a component', () => {
    const own = { 'secrets-in-files': 'it reads no files' };
    expect(verdict(own, true, { 'secrets-in-files': reason }, ['web']).excused).toEqual([
      { policy: 'secrets-in-files', path: 'shop/api', reason: 'it reads no files', violations: 1 },
      { policy: 'secrets-in-files', path: 'shop (dev)', reason, violations: 1 },
    ]);
  });

  test('excuses no other policy', () => {
    expect(lines(verdict({}, true, { elsewhere: reason }))).toEqual([
      'secrets-in-files shop/api: env.KEY contains the secret KEY: write KEY_FILE: ' +
        "Secret.named('KEY').file, if the program can read a file",
      `exceptions shop (dev): exceptions.elsewhere excuses nothing, because dev keeps the policy: remove it`,
    ]);
  });

  test.each([
    [
      'that excuses nothing',
      { 'secrets-in-files': reason },
      'excuses nothing, because dev keeps the policy: remove it',
    ],
    ['without a reason', { 'secrets-in-files': '' }, 'has no reason: write why the policy is wrong here'],
  ])('%s is a finding', (_, all, told) => {
    expect(lines(verdict({}, false, all))).toEqual([
      `exceptions shop (dev): exceptions.secrets-in-files ${told}`,
    ]);
  });
});
