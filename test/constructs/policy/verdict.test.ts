import { Backend, Secret } from 'catamaran';
import { formatIssue } from '../../../constructs/issue';
import { checkAll, type Policy } from '../../../constructs/policy/policy';
import { secretsInFiles } from '../../../constructs/policy/secrets-in-files';
import { judge, type Verdict } from '../../../constructs/policy/verdict';
import { modelOfApp } from '../../support/application';

const elsewhere: Policy<never> = {
  ...{ name: 'elsewhere', rule: 'Asked of the other target.', why: 'It has another.', sources: [] },
  check: () => [],
};

function verdict(exceptions: Readonly<Record<string, string>>, secret: boolean): Verdict {
  const model = modelOfApp((app) => {
    const env = secret ? { KEY: Secret.named('KEY') } : {};
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env, exceptions });
  });
  return judge(model, checkAll([secretsInFiles], model), [secretsInFiles, elsewhere]);
}

const lines = ({ findings }: Verdict) =>
  findings.map(({ policy, issue }) => `${policy} ${formatIssue(issue)}`);

test('a violation is a finding, with its path', () => {
  expect(lines(verdict({}, true))).toEqual([
    'secrets-in-files shop/api: env.KEY: got "the secret KEY"; ' +
      "write KEY_FILE: Secret.named('KEY').file, where the program can read a file",
  ]);
});

test('an exception excuses what its component breaks, with its reason', () => {
  expect(verdict({ 'secrets-in-files': 'it reads no files' }, true)).toEqual({
    findings: [],
    excused: [{ policy: 'secrets-in-files', path: 'shop/api', reason: 'it reads no files', violations: 1 }],
    kept: 0,
  });
});

test('what keeps every policy needs no exception', () => {
  expect(verdict({}, false)).toEqual({ findings: [], excused: [], kept: 1 });
});

test('an exception that excuses nothing is a finding', () => {
  expect(lines(verdict({ 'secrets-in-files': 'it reads no files' }, false))).toEqual([
    'exceptions shop/api: exceptions.secrets-in-files: got "it reads no files"; write nothing: api keeps the policy',
  ]);
});

test('an exception to a policy that nobody has is a finding', () => {
  expect(lines(verdict({ secrets: 'typo' }, false))).toEqual([
    'exceptions shop/api: exceptions.secrets: got "typo"; write one of elsewhere, secrets-in-files',
  ]);
});

test('an exception without a reason is a finding', () => {
  expect(lines(verdict({ 'secrets-in-files': ' ' }, true))).toEqual([
    'exceptions shop/api: exceptions.secrets-in-files: got " "; write why the policy is wrong for the component',
  ]);
});

test('an exception to a policy of the other target waits for it', () => {
  expect(verdict({ elsewhere: 'there alone' }, false)).toEqual({ findings: [], excused: [], kept: 1 });
});
