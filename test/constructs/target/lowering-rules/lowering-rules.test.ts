import { kubernetesTable } from '../../../../charts/lower/table';
import { dockerTable } from '../../../../docker/lower/table';
import { onKubernetes, planOfApp } from '../../../support/application';
import { expectRule } from '../../../support/rules';
import { dockerCases } from './docker-cases';
import { kubernetesCases } from './kubernetes-cases';
import { promised } from './cases';

const cases = [...dockerCases, ...kubernetesCases];

const tables = { docker: dockerTable, kubernetes: kubernetesTable };

test('every rule of both tables has a case', () => {
  const rules = Object.entries(tables).flatMap(([target, table]) =>
    Object.entries(table).flatMap(([field, { support }]) =>
      support === 'native'
        ? []
        : [`${target} ${field}`, ...(support === 'limited' ? [`${target} ${field} limit`] : [])],
    ),
  );
  expect([...new Set(cases.map((one) => one.rule))].sort()).toEqual(rules.sort());
});

test('every rule but those about each application has one that it is not about', () => {
  const always = cases.filter(({ keeps }) => keeps === undefined).map((one) => one.rule);
  expect(always).toEqual(['docker processes', 'kubernetes processes']);
});

test('a cluster asks a health check at once: a deadline can be shorter than its interval', () => {
  expect(planOfApp(promised(1, 3600), onKubernetes).notes.map(({ field }) => field)).toEqual(['processes']);
});

test.each(cases.map((one) => [one.rule, one] as const))(
  '%s: what breaks the rule is told, and no other',
  (_, one) => {
    expectRule(one);
  },
);
