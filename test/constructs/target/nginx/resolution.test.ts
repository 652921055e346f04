import { configurationOf, route, dynamic, block, stable } from '../../../support/nginx';

test('a name whose addresses change is resolved again and again', () => {
  const configuration = configurationOf([route('/', { api: 1 })], dynamic);
  expect(configuration).toContain('    include /tmp/machine/resolver.conf;\n');
  expect(block(configuration, 'location /').slice(0, 2)).toEqual([
    'set $route_0 api:8000;',
    'proxy_pass http://$route_0;',
  ]);
});

test('a name whose address stays needs no resolver', () => {
  const configuration = configurationOf([route('/', { api: 1, next: 1 })], stable);
  expect(configuration).not.toContain('resolver');
});
