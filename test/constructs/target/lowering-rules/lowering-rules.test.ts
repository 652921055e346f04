import { kubernetesTable } from '../../../../charts/lower/table';
import type { Support } from '../../../../constructs/target/lowering';
import { dockerTable } from '../../../../docker/lower/table';
import { onKubernetes, planOfApp } from '../../../support/application';
import { expectRule } from '../../../support/rules';
import { dockerCases } from './docker-cases';
import { kubernetesCases } from './kubernetes-cases';
import { promised } from './cases';
import { imageCases } from './image-cases';
import { processCases } from './process-cases';

const cases = [...dockerCases, ...kubernetesCases, ...processCases, ...imageCases];

const tables = { docker: dockerTable, kubernetes: kubernetesTable };

test('every rule of both tables has a case', () => {
  const rules = Object.entries(tables).flatMap(([target, table]) =>
    Object.entries<Support<never, never>>(table).flatMap(([field, entry]) =>
      entry.support === 'native'
        ? []
        : [
            ...('differences' in entry && entry.differences.length === 0 ? [] : [`${target} ${field}`]),
            ...('limit' in entry ? [`${target} ${field} limit`] : []),
          ],
    ),
  );
  expect([...new Set(cases.map((one) => one.rule))].sort()).toEqual(rules.sort());
});

test('every rule has an application that it does not apply to, except rules about all applications', () => {
  const always = cases.filter(({ keeps }) => keeps === undefined).map((one) => one.rule);
  expect(always).toEqual(['docker processes', 'kubernetes processes']);
});

test('on Kubernetes, a deadline can be shorter than the interval of the health check', () => {
  expect(planOfApp(promised(1, 3600), onKubernetes).notes.map(({ field }) => field)).toEqual(['processes']);
});

test.each(cases.map((one) => [one.rule, one] as const))('%s is reported only where it applies', (_, one) => {
  expectRule(one);
});
