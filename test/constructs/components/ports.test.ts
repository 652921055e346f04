import {
  Backend,
  Health,
  hostPort,
  IssuesError,
  later,
  nodePort,
  ReverseProxy,
  Route,
  Worker,
  type Application,
  type BackendProps,
} from 'catamaran';
import {
  issuesOfApp,
  modelOfApp,
  onDocker,
  onKubernetes,
  planOfApp,
  workloadOfApp,
  type Build,
} from '../../support/application';
import { variable } from '../../support/variable';

const internal = { kind: 'internal' };
const ports = { http: 8000, metrics: 9100, dns: { number: 5353, protocol: 'udp' } } as const;

function add(app: Application, props: Partial<BackendProps> = { ports }, name = 'api'): Backend {
  return new Backend(app, name, { image: 'api:1.0', ...props });
}

const having =
  (props: Partial<BackendProps>): Build =>
  (app) =>
    add(app, props);

const caller = (env: (api: Backend) => BackendProps['env'], props?: Partial<BackendProps>): Build => {
  return (app) => new Worker(app, 'caller', { image: 'caller:1.0', env: { ...env(add(app, props)) } });
};

describe('the ports of a backend', () => {
  test('are the one of port, named http, and those of ports: the main one first, the others by name', () => {
    const { ports: listed } = workloadOfApp('api', having({ port: 8000, ports: { metrics: 9100 } }));
    expect(listed).toEqual([
      { name: 'http', number: 8000, protocol: 'tcp', exposure: internal },
      { name: 'metrics', number: 9100, protocol: 'tcp', exposure: internal },
    ]);
    expect(workloadOfApp('api', having({ ports })).ports).toEqual([
      listed[0],
      { name: 'dns', number: 5353, protocol: 'udp', exposure: internal },
      listed[1],
    ]);
  });

  test('have the first as the main one, for references, health and routes', () => {
    const build: Build = (app) => {
      const api = add(app, { ports: { web: 3000, metrics: 9100 } });
      expect(api.portNumber).toBe(3000);
      const env = { URL: api.url, ENDPOINT: api.endpoint, HOST: api.host, PORT: api.port };
      new Worker(app, 'caller', { image: 'caller:1.0', env });
      new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api)] });
    };
    const called = workloadOfApp('caller', build);
    const names = ['URL', 'ENDPOINT', 'HOST', 'PORT'];
    expect(names.map((name) => variable(called, name))).toEqual([
      'http://api:3000',
      'api:3000',
      'api',
      '3000',
    ]);
    expect(workloadOfApp('api', build).readiness).toMatchObject({ check: { kind: 'tcp', port: 3000 } });
    expect(workloadOfApp('proxy', build).routes).toMatchObject([
      { answer: { targets: [{ workload: 'api', port: 3000, weight: 1 }] } },
    ]);
  });

  test('are needed, in one of both ways', () => {
    expect(issuesOfApp(having({}))).toEqual([
      'shop/api: port is missing: write a whole number from 1 to 65535',
    ]);
    expect(issuesOfApp(having({ ports: {} }))).toEqual([
      'shop/api: ports is {}: write at least one port, such as { http: 8000 }',
    ]);
    expect(
      issuesOfApp(having({ ports: { http: '8000', dns: { number: 1, protocols: 'udp' } } as never })),
    ).toEqual([
      'shop/api: ports.http is "8000": write 8000',
      'shop/api: ports.dns.protocols is not a field of a port: did you mean protocol?',
    ]);
  });
});

describe('a reference to one port', () => {
  test('has its address, and permission and start order for it alone', () => {
    const workload = workloadOfApp(
      'caller',
      caller((api) => {
        const metrics = api.at('metrics');
        return { URL: metrics.url, ENDPOINT: metrics.endpoint, HOST: metrics.host, PORT: metrics.port };
      }),
    );
    const names = ['URL', 'ENDPOINT', 'HOST', 'PORT'];
    expect(names.map((name) => variable(workload, name))).toEqual([
      'http://api:9100',
      'api:9100',
      'api',
      '9100',
    ]);
    expect(workload.after).toEqual([{ workload: 'api', until: 'ready' }]);
    // The wait asks the main port.
    expect(workload.connections).toEqual([
      { kind: 'workload', workload: 'api', port: 9100, protocol: 'tcp' },
      { kind: 'workload', workload: 'api', port: 8000, protocol: 'tcp' },
    ]);
  });

  test('can be outside the start order, and opens UDP where the port is UDP', () => {
    const workload = workloadOfApp(
      'caller',
      caller((api) => ({ DNS: later(() => api.at('dns').url) })),
    );
    expect(variable(workload, 'DNS')).toBe('udp://api:5353');
    expect(workload).toMatchObject({
      after: [],
      connections: [{ kind: 'workload', workload: 'api', port: 5353, protocol: 'udp' }],
    });
  });

  test('is what connectsTo can open as well; of a component, it opens all', () => {
    const linked = (which: 'one' | 'all') =>
      workloadOfApp('caller', (app) => {
        const api = add(app);
        const connectsTo = [which === 'one' ? api.at('dns') : api];
        new Worker(app, 'caller', { image: 'caller:1.0', connectsTo });
      }).connections.map((one) => `${one.port}/${one.kind === 'workload' ? one.protocol : ''}`);
    expect(linked('one')).toEqual(['5353/udp']);
    expect(linked('all')).toEqual(['8000/tcp', '5353/udp', '9100/tcp']);
  });

  test('can be the target of a route, beside others by weight', () => {
    const proxy = workloadOfApp('proxy', (app) => {
      const api = add(app);
      const other = add(app, { port: 3000 }, 'other');
      const weighted = [{ component: api.at('metrics'), weight: 3 }, { component: other }];
      new ReverseProxy(app, 'proxy', {
        routes: [Route.path('/metrics', api.at('metrics')), Route.path('/', weighted)],
      });
    });
    const metrics = { workload: 'api', port: 9100 };
    expect(proxy.routes).toMatchObject([
      { answer: { targets: [{ ...metrics, weight: 1 }] } },
      {
        answer: {
          targets: [
            { ...metrics, weight: 3 },
            { workload: 'other', port: 3000, weight: 1 },
          ],
        },
      },
    ]);
    expect(proxy.connections).toContainEqual({ kind: 'workload', ...metrics, protocol: 'tcp' });
  });

  test('to a port that nobody has is an issue with the names that exist', () => {
    const message =
      "shop/api: at names the port 'nope', which api does not have: write one of http, dns, metrics";
    expect(issuesOfApp(caller((api) => ({ URL: api.at('nope').url })))).toEqual([message]);
    expect(issuesOfApp(caller((api) => ({ URL: later(() => api.at('nope').url) })))).toEqual([message]);
    expect(() =>
      workloadOfApp(
        'caller',
        caller((api) => ({ URL: api.at(1 as never).url })),
      ),
    ).toThrow(new IssuesError([{ path: 'api.at', field: 'name', got: 1, write: "'1'" }]));
  });

  test('cannot become a string by accident', () => {
    const api = caller((one) => {
      expect(() => Reflect.apply(String, undefined, [one.at('metrics')])).toThrow(
        'the port metrics of the component api was turned into a string, which would lose it: ' +
          "write one of its references in a text, such as text`${api.at('metrics').url}`",
      );
      expect(() => Reflect.apply(String, undefined, [one.at('metrics').host])).toThrow(
        'a reference to api (its host) was turned into a string, which would lose it: ' +
          "write text`${api.at('metrics').host}`, with the word text before the first quote",
      );
      return {};
    });
    modelOfApp(api);
  });
});

describe('the health of a component with several ports', () => {
  const checks = (props: Partial<BackendProps>) => {
    const { readiness, liveness, gate } = workloadOfApp('api', having(props));
    return [readiness, liveness, gate].map((one) => ('check' in one ? one.check : one));
  };

  test('asks the port that it names, and so does who waits for it', () => {
    const health = Health.http('/ready', { port: 'metrics' });
    const ready = { kind: 'http', port: 9100, path: '/ready', host: '', headers: {} };
    expect(checks({ ports, health, liveness: Health.tcp({ port: 'http' }) })).toEqual([
      ready,
      { kind: 'tcp', port: 8000 },
      ready,
    ]);
  });

  test('asks by default the first TCP port', () => {
    const tcp = { kind: 'tcp', port: 8000 };
    expect(checks({ ports: { dns: { number: 5353, protocol: 'udp' }, web: 8000 } })).toEqual([tcp, tcp, tcp]);
  });

  test('is a command if all ports are UDP, and then nothing can wait for it', () => {
    const udp = { dns: { number: 5353, protocol: 'udp' } } as const;
    const health = Health.command(['ok']);
    expect(checks({ ports: udp, health })).toEqual([
      { kind: 'command', command: ['ok'] },
      { kind: 'none', reason: '' },
      { kind: 'none' },
    ]);
    expect(issuesOfApp(having({ ports: udp }))).toEqual([
      "shop/api: health is missing: write Health.command(['…']), because all ports are UDP, which a check by TCP or HTTP cannot ask",
    ]);
    expect(issuesOfApp(caller((api) => ({ DNS: api.url }), { ports: udp, health }))).toEqual([
      'shop/caller: waitsFor is "api": write later(() => api.url) for each reference to it, because only a TCP port can be asked whether it is ready',
    ]);
  });

  test('cannot ask a port that nobody has, or that is UDP', () => {
    expect(
      issuesOfApp(
        having({ ports, health: Health.http('/', { port: 'dns' }), liveness: Health.tcp({ port: 'x' }) }),
      ),
    ).toEqual([
      "shop/api: health asks the port dns, which is UDP and cannot be asked by TCP or HTTP: write { port: 'http' } in the check",
      "shop/api: liveness names the port 'x', which api does not have: write one of http, dns, metrics",
    ]);
  });
});

describe('a published port', () => {
  test('is the main one, or those that are named', () => {
    const exposures = (publish: BackendProps['publish']) =>
      workloadOfApp('api', having({ ports, ...(publish !== undefined && { publish }) })).ports.map(
        ({ exposure }) => exposure,
      );
    expect(exposures(8080)).toEqual([hostPort(8080), internal, internal]);
    expect(exposures({ dns: 53, metrics: 9100 })).toEqual([internal, hostPort(53), hostPort(9100)]);
    expect(exposures(undefined)).toEqual([internal, internal, internal]);
  });

  test('is chosen in the environment, in place of the prop', () => {
    const expose = { metrics: hostPort(9100, '127.0.0.1') };
    const place = { ...onDocker, components: { api: { expose } } };
    const { ports: listed } = workloadOfApp('api', having({ ports, publish: 80 }), place);
    expect(listed.map(({ exposure }) => exposure)).toEqual([internal, internal, hostPort(9100, '127.0.0.1')]);
  });

  test('that nobody has is an issue with the names that exist', () => {
    expect(issuesOfApp(having({ ports, publish: { admin: 9000 } }))).toEqual([
      "shop/api: publish names the port 'admin', which api does not have: write one of http, dns, metrics",
    ]);
    const place = { ...onDocker, components: { api: { expose: { admin: hostPort(9000) } } } };
    expect(issuesOfApp(having({ ports }), place)).toEqual([
      "shop/api: expose names the port 'admin', which api does not have: write one of http, dns, metrics",
    ]);
  });

  test('of a proxy is the only one', () => {
    const place = { ...onDocker, components: { proxy: { expose: { http: hostPort(80) } } } };
    const build: Build = (app) => new ReverseProxy(app, 'proxy', { routes: [Route.path('/', add(app))] });
    expect(issuesOfApp(build, place)).toEqual([
      'shop/proxy: expose names ports, but proxy is published at one: write one publication, such as hostPort(8080) or loadBalancer(80)',
    ]);
  });

  test('of a wrong kind is told with its name, and refused where the target has none', () => {
    const build = having({ ports });
    const place = {
      ...onKubernetes,
      components: { api: { expose: { dns: hostPort(53), http: nodePort(30080) } } },
    };
    expect(issuesOfApp(build, place)).toEqual([
      'shop/api: Kubernetes refuses exposure: the restricted Pod Security Standard forbids host ports. ' +
        "Write expose: nodePort(…) or loadBalancer(…); or accept this with accept: ['exposure'] in environment dev",
    ]);
    expect(planOfApp(build, { ...place, accept: ['exposure'] }).notes.map(({ field }) => field)).toContain(
      'exposure',
    );
  });
});
