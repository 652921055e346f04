import fc from 'fast-check';
import { Backend } from 'catamaran';
import type { Workload } from '../../../constructs/model/workload';
import { inStartOrder } from '../../../constructs/compile/start-order';
import { workloadOfApp } from '../../support/application';

const template = workloadOfApp('api', (app) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 }));

/** Workloads by name, with the names of those that each waits for. */
function workloads(graph: Readonly<Record<string, readonly string[]>>): Workload[] {
  return Object.entries(graph).map(([name, after]) => ({
    ...template,
    name,
    after: after.map((workload) => ({ workload, until: 'ready' })),
  }));
}

/** A graph in which each node waits for some of a numbering, in any order of nodes. */
const acyclic = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc
    .tuple(
      ...Array.from({ length: size }, (_, index) =>
        fc.subarray(Array.from({ length: index }, (_unused, other) => `w${other}`)),
      ),
    )
    .chain((edges) =>
      fc
        .shuffledSubarray(
          edges.map((_, index) => index),
          { minLength: size },
        )
        .map((order) => Object.fromEntries(order.map((index) => [`w${index}`, edges[index] ?? []]))),
    ),
);

test('any graph without a cycle is put in an order in which all comes after what it waits for', () => {
  fc.assert(
    fc.property(acyclic, (graph) => {
      const order = inStartOrder(workloads(graph));
      if (order.kind === 'cycle') throw new Error(`a cycle: ${order.names.join(' ')}`);
      const names = order.workloads.map(({ name }) => name);
      expect([...names].sort()).toEqual(Object.keys(graph).sort());
      for (const { name, after } of order.workloads)
        for (const { workload } of after) expect(names.indexOf(workload)).toBeLessThan(names.indexOf(name));
    }),
  );
});

test('any graph with a cycle gives one: each name waits for the next, and the last for the first', () => {
  fc.assert(
    fc.property(acyclic, fc.integer({ min: 1, max: 6 }), fc.nat(), (graph, length, place) => {
      const ring = Array.from({ length }, (_, index) => `r${index}`);
      const entries = Object.entries({
        // Waits for the cycle and is no part of it.
        tail: ['r0'],
        ...graph,
        ...Object.fromEntries(ring.map((name, index) => [name, [ring[(index + 1) % length] ?? name]])),
      });
      const turn = place % entries.length;
      const turned: Record<string, readonly string[]> = Object.fromEntries([
        ...entries.slice(turn),
        ...entries.slice(0, turn),
      ]);
      const order = inStartOrder(workloads(turned));
      if (order.kind === 'ordered') throw new Error('no cycle found');
      expect([...order.names].sort()).toEqual(ring.sort());
      for (const [index, name] of order.names.entries())
        expect(turned[name]).toContain(order.names[(index + 1) % length]);
    }),
  );
});

test('workloads that wait for nothing stay as they were given', () => {
  const order = inStartOrder(workloads({ c: [], a: [], b: [] }));
  expect(order.kind === 'ordered' && order.workloads.map(({ name }) => name)).toEqual(['c', 'a', 'b']);
});

test('a workload that waits for itself is a cycle', () => {
  expect(inStartOrder(workloads({ a: ['a'] }))).toEqual({ kind: 'cycle', names: ['a'] });
});

test('a workload that waits for nobody of the application is in order', () => {
  const order = inStartOrder(workloads({ a: ['elsewhere'] }));
  expect(order.kind).toBe('ordered');
});

test('an order of many levels is found at once', () => {
  const levels = 400;
  const graph = Object.fromEntries(
    Array.from({ length: levels }, (_, level) => [
      `w${level}`,
      level === 0 ? [] : [`w${level - 1}`, `w${Math.max(0, level - 2)}`],
    ]),
  );
  const order = inStartOrder(workloads(graph).reverse());
  expect(order.kind === 'ordered' && order.workloads.map(({ name }) => name)).toEqual(Object.keys(graph));
});
