import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { ClusterLimit } from '../../charts/limits/limit';
import { clusterLimits } from '../../charts/limits';
import type { Manifest } from '../../charts/manifest';
import { limits } from '../../constructs/model/limits';
import { limitCases, planOf } from '../charts/limits/cases';
import { kubectl, tryKubectl } from './support/cluster';
import { onCluster } from './support/requirements';

const all = Object.entries(limitCases).flatMap(([name, cases]) =>
  cases.map((one) => ({ ...one, title: `${name}: ${one.what}`, limit: name as keyof typeof clusterLimits })),
);

/** How many questions the API server gets at the same time. */
const together = 6;

/** Applies an object without keeping it. Returns why it was refused; empty if it was not. */
async function refusal(object: unknown): Promise<string> {
  const input = JSON.stringify(object);
  const { code, stderr } = await tryKubectl(['apply', '--dry-run=server', '--filename', '-'], { input });
  return code === 0 ? '' : stderr;
}

async function refusals(objects: readonly Manifest[]): Promise<string[]> {
  const answers: string[] = [];
  for (let start = 0; start < objects.length; start += together)
    answers.push(...(await Promise.all(objects.slice(start, start + together).map(refusal))));
  return answers;
}

onCluster('what an API server refuses', () => {
  beforeAll(async () => {
    await kubectl(['apply', '--filename', resolve(__dirname, '../schemas/gateway-api')]);
  });

  test('is beyond the limits, and what it takes is within', async () => {
    const below = await refusals(all.map((one) => one.below));
    expect(all.flatMap(({ title }, index) => (below[index] === '' ? [] : [[title, below[index]]]))).toEqual(
      [],
    );
    const above = await refusals(all.map((one) => one.above));
    const taken = all.filter((_, index) => above[index] === '');
    expect(taken.map(({ title }) => title)).toEqual(
      all.filter(({ by = 'server' }) => by !== 'server').map(({ title }) => title),
    );
  });

  test('is what the product refuses', () => {
    for (const { limit, title, below, above } of all) {
      const { check }: ClusterLimit = clusterLimits[limit];
      expect([title, check(planOf(below))]).toEqual([title, []]);
      expect([title, check(planOf(above)).length > 0]).toEqual([title, true]);
    }
  });

  test('of a StatefulSet are its pods, whose label has a hash at its end', async () => {
    const pod = (name: string) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'limit',
        namespace: 'default',
        labels: { 'controller-revision-hash': `${name}-0123456789` },
      },
      spec: { containers: [{ name: 'api', image: 'api:1.0' }] },
    });
    const { most } = limits.statefulSetName;
    expect(await refusal(pod('a'.repeat(most)))).toBe('');
    expect(await refusal(pod('a'.repeat(most + 1)))).toContain('must be no more than 63');
  });

  test('of a ConfigMap is its size, also if kubectl keeps no annotation', async () => {
    const size = async (bytes: number) => {
      const input = JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'limit', namespace: 'default' },
        data: { file: 'a'.repeat(bytes) },
      });
      const { code } = await tryKubectl(['create', '--dry-run=server', '--filename', '-'], { input });
      return code;
    };
    expect(await size(limits.configuration.most)).toBe(0);
    expect(await size(limits.configuration.most + 1)).toBe(1);
  });
});

test('Linux starts a program with texts that are within the limits, and no other', () => {
  const problem = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const { error } = spawnSync('/bin/true', args, { env });
    return error ? (error as NodeJS.ErrnoException).code : undefined;
  };
  const { most } = limits.argument;
  expect(problem(['a'.repeat(most)])).toBeUndefined();
  expect(problem(['a'.repeat(most + 1)])).toBe('E2BIG');
  expect(problem([], { LIMIT: 'a'.repeat(most - 'LIMIT='.length) })).toBeUndefined();
  expect(problem([], { LIMIT: 'a'.repeat(most + 1 - 'LIMIT='.length) })).toBe('E2BIG');
  const several = (bytes: number) =>
    Array.from({ length: Math.floor(bytes / 100_009) }, () => 'a'.repeat(100_000));
  expect(problem(several(limits.arguments.most - 100_009))).toBeUndefined();
  expect(problem(several(limits.arguments.most + 100_009))).toBe('E2BIG');
});
