import { configurationOf, route, stable, upstreamOf, block, dynamic } from '../../../support/nginx';

describe('sticky visitors', () => {
  const sticky = { kind: 'cookie', name: 'visitor' } as const;
  const replicas = () => ['api-0', 'api-1'];

  test('have a cookie, and go to one replica each', () => {
    const configuration = configurationOf([route('/', { api: 1 }, { sticky })], stable, { replicas });
    const lines = configuration.split('\n');
    // Any replica, for visitors whose own is gone.
    expect(lines.slice(0, 12)).toEqual(upstreamOf('api', 10));
    const start = lines.indexOf('map $cookie_visitor $visitor_0 {');
    expect(lines.slice(start, start + 12)).toEqual([
      'map $cookie_visitor $visitor_0 {',
      '    "" $request_id;',
      '    default $cookie_visitor;',
      '}',
      'map $cookie_visitor $new_visitor_0 {',
      '    "" "visitor=$request_id; Path=/; HttpOnly; SameSite=Lax";',
      '    default "";',
      '}',
      'split_clients $visitor_0 $route_0 {',
      '    50.00% api-0:8000;',
      '    * api-1:8000;',
      '}',
    ]);
    expect(block(configuration, 'location /')).toEqual(
      expect.arrayContaining([
        'proxy_pass http://$route_0;',
        'add_header Set-Cookie $new_visitor_0 always;',
        'error_page 502 504 = @other_0;',
      ]),
    );
  });

  test('are split between replicas whose addresses change and a component whose address stays', () => {
    const one = ({ workload }: { readonly workload: string }) => (workload === 'api' ? replicas() : []);
    const routes = [route('/', { api: 3, web: 1 }, { sticky }), route('/docs', { docs: 1 })];
    const configuration = configurationOf(routes, stable, { replicas: one });
    for (const line of upstreamOf('web', 10)) expect(configuration).toContain(line);
    expect(block(configuration, 'split_clients $visitor_0 $route_0')).toEqual([
      '37.50% api-0:8000;',
      '37.50% api-1:8000;',
      '* web-8000;',
    ]);
    expect(configuration).toContain('    include /tmp/machine/resolver.conf;');
    expect(configuration).toContain('proxy_pass http://docs-8000;');
    expect(configurationOf([route('/docs', { docs: 1 })], stable)).not.toContain('resolver');
  });

  test('go to replicas whose names end with the domain of the cluster', () => {
    const named = () => ['api-0.pods.$cluster_domain', 'api-1.pods.$cluster_domain'];
    const configuration = configurationOf([route('/', { api: 1 }, { sticky })], stable, { replicas: named });
    expect(block(configuration, 'map "" $cluster_domain')).toEqual(['include /tmp/machine/domain.conf;']);
    expect(block(configuration, 'split_clients $visitor_0 $share_0')).toEqual(['50.00% 0;', '* 1;']);
    expect(block(configuration, 'map $share_0 $route_0')).toEqual([
      '0 api-0.pods.$cluster_domain:8000;',
      '1 api-1.pods.$cluster_domain:8000;',
    ]);
  });

  test('go to another replica if theirs is gone, unless the request may have changed something', () => {
    const configuration = configurationOf([route('/', { api: 1 }, { sticky })], dynamic, { replicas });
    const lines = configuration.split('\n').map((line) => line.trim());
    const start = lines.indexOf('location @other_0 {');
    expect(lines.slice(start, start + 6)).toEqual([
      'location @other_0 {',
      'if ($request_method !~ ^(GET|HEAD|OPTIONS)$) {',
      'return 502;',
      '}',
      'set $other_0 api:8000;',
      'proxy_pass http://$other_0;',
    ]);
  });

  test('are split between the replicas of each component by its weight', () => {
    const configuration = configurationOf([route('/', { api: 3, web: 1 }, { sticky })], dynamic, {
      replicas: ({ workload }) => [`${workload}-0`, `${workload}-1`],
    });
    expect(block(configuration, 'split_clients $visitor_0 $route_0')).toEqual([
      '37.50% api-0:8000;',
      '37.50% api-1:8000;',
      '12.50% web-0:8000;',
      '* web-1:8000;',
    ]);
  });

  test('need no cookie if there is one replica', () => {
    const configuration = configurationOf([route('/', { api: 1 }, { sticky })], stable);
    expect(configuration).toBe(configurationOf([route('/', { api: 1 })], stable));
  });
});
