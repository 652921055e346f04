import fc from 'fast-check';
import { configurationOf, route, stable, upstreamOf, block, dynamic } from '../../../support/nginx';

test('requests are split by weight between upstreams where addresses stay', () => {
  const configuration = configurationOf([route('/', { api: 90, canary: 10 })], stable);
  expect(configuration.split('\n').slice(0, 24)).toEqual([
    ...upstreamOf('api', 10),
    ...upstreamOf('canary', 10),
  ]);
  expect(block(configuration, 'split_clients $request_id $route_0')).toEqual([
    '90.00% api-8000;',
    '* canary-8000;',
  ]);
  expect(block(configuration, 'location /')[0]).toBe('proxy_pass http://$route_0;');
});

test('requests are split by weight between addresses where names are resolved again', () => {
  const configuration = configurationOf([route('/', { api: 1, canary: 1, next: 1 })], dynamic);
  expect(block(configuration, 'split_clients $request_id $route_0')).toEqual([
    '33.33% api:8000;',
    '33.33% canary:8000;',
    '* next:8000;',
  ]);
  expect(configuration).not.toMatch(/^upstream /m);
});

test('an upstream that two routes use is defined once', () => {
  const configuration = configurationOf(
    [route('/', { api: 1, next: 1 }), route('/api', { next: 1, api: 3 })],
    stable,
  );
  expect(configuration.match(/^upstream /gm)).toHaveLength(2);
});

test('each share of requests follows its weight, is above zero, and all are at most 100 percent', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(weights, (given) => {
      const targets = Object.fromEntries(given.map((weight, index) => [`api-${index}`, weight]));
      const configuration = configurationOf([route('/', targets)], dynamic);
      const lines = block(configuration, 'split_clients $request_id $route_0');
      expect(lines.at(-1)).toBe(`* api-${given.length - 1}:8000;`);
      const shares = lines.slice(0, -1).map((line) => Number(/^([\d.]+)%/.exec(line)?.[1]));
      const total = given.reduce((sum, weight) => sum + weight, 0);
      for (const [index, share] of shares.entries()) {
        expect(share).toBeGreaterThan(0);
        expect(Math.abs(share - ((given[index] ?? 0) / total) * 100)).toBeLessThanOrEqual(0.0051);
      }
      expect(Math.round(shares.reduce((sum, share) => sum + share, 0) * 100)).toBeLessThanOrEqual(10_000);
    }),
  );
});
