import { Backend, loadBalancer, nodePort, ReverseProxy, Route } from 'catamaran';
import type { Exposure } from '../../../../constructs/model/network';
import { issuesOfApp, onKubernetes, planOfApp, type Build, withProps } from '../../../support/application';

describe('a port', () => {
  test.each([1, 80, 1023])('that is %p is as good as any', (port) => {
    expect(planOfApp(withProps({ port })).model.workloads[0]?.ports).toMatchObject([{ number: port }]);
  });

  test.each([0, 65_536, 8000.5, -1])('that is %p is refused', (port) => {
    expect(issuesOfApp(withProps({ port }))).toContain(
      `shop/api: port is ${port}: write a whole number from 1 to 65535`,
    );
  });

  test('is published within the range of its kind of exposure', () => {
    expect(issuesOfApp(withProps({ publish: 70_000 }))).toEqual([
      'shop/api: publish is 70000: write a whole number from 1 to 65535',
    ]);
    const place = { ...onKubernetes, components: { api: { expose: nodePort(80, 0) } } };
    expect(issuesOfApp(withProps({}), place)).toEqual([
      'shop/api: publish is 0: write a whole number from 1 to 65535',
      'shop/api: expose is 80: write a whole number from 30000 to 32767',
    ]);
  });

  test('of the host or of the nodes is published by one component', () => {
    const two: Build = (app) => {
      withProps({ publish: 8080 }, 'one')(app);
      withProps({ publish: 8080 }, 'two')(app);
    };
    expect(issuesOfApp(two)).toEqual([
      'shop/two: publish is 8080: write another port, because one publishes this one',
    ]);
    const place = {
      ...onKubernetes,
      components: { one: { expose: nodePort(30_001) }, two: { expose: nodePort(30_001) } },
    };
    expect(issuesOfApp(two, place)).toEqual([
      'shop/two: publish is 30001: write another port, because one publishes this one',
    ]);
  });
});

describe('several ports', () => {
  const refused = (props: object): string[] => issuesOfApp(withProps(props));

  test.each([
    ['Metrics', 'metrics: only lower-case letters, digits and - are allowed'],
    ['9100', 'a name that starts with a letter'],
    ['a--b', 'a name without --, such as a-b'],
    ['metrics-of-the-api', 'at most 15 characters: this has 18'],
  ])('have names that Kubernetes takes, and not %s', (name, write) => {
    expect(refused({ ports: { [name]: 9100 } })).toEqual([
      `shop/api: ports has ${JSON.stringify(name)}: write ${write}`,
    ]);
  });

  test('have numbers, names and protocols that are together different', () => {
    const udp = { number: 8000, protocol: 'udp' };
    expect(refused({ ports: { http: 9000, same: 8000, twin: udp, again: udp } })).toEqual([
      'shop/api: ports has "http", which is the name of port: write another name, or leave port out',
      'shop/api: ports.same is 8000: write another number, because http has this one',
      'shop/api: ports.twin is 8000/udp: write another number, because again has this one',
    ]);
    expect(refused({ ports: { metrics: 70_000 } })).toEqual([
      'shop/api: ports.metrics is 70000: write a whole number from 1 to 65535',
    ]);
  });

  const dns = { dns: { number: 5353, protocol: 'udp' }, 'dns-tcp': 5353 } as const;

  test('are published at one number for each protocol', () => {
    const publish = { dns: 53, 'dns-tcp': 53 };
    expect(planOfApp(withProps({ ports: dns, publish })).plan).toBeDefined();
    expect(refused({ ports: { ...dns, more: 9100 }, publish: { ...publish, more: 53 } })).toEqual([
      'shop/api: publish is 53: write another port, because api publishes this one',
    ]);
    const two: Build = (app) => {
      withProps({ ports: dns, publish: { dns: 53 } }, 'one')(app);
      withProps({ ports: dns, publish: { dns: 53 } }, 'two')(app);
    };
    expect(issuesOfApp(two)).toEqual([
      'shop/two: publish is 53/udp: write another port, because one publishes this one',
    ]);
  });

  test('are published by Services that have each number once', () => {
    const exposed = (expose: Readonly<Record<string, Exposure>>) => ({
      ...onKubernetes,
      components: { api: { expose: expose as never } },
    });
    const build = withProps({ ports: { ...dns, more: 9100 } });
    expect(issuesOfApp(build, exposed({ http: loadBalancer(80), more: loadBalancer(80) }))).toEqual([
      'shop/api: publish is 80: write another port, because http is published there',
    ]);
    expect(issuesOfApp(build, exposed({ http: nodePort(30_001), more: nodePort(30_002) }))).toEqual([
      'shop/api: expose.more has port 80: write another second argument of nodePort(…), such as 9100, because http has this port of the Service',
    ]);
    const twins = { dns: nodePort(30_053, 53), 'dns-tcp': nodePort(30_053, 53) };
    expect(planOfApp(build, exposed(twins)).plan).toBeDefined();
  });

  test('reserve the names of those Services', () => {
    const build: Build = (app) => {
      withProps({ publish: 80 })(app);
      withProps({}, 'api-public-udp')(app);
    };
    expect(issuesOfApp(build)).toEqual([
      'shop/api-public-udp: `api-public-udp` is reserved for the public Service of `api`: rename this component',
    ]);
  });

  test('that are UDP cannot be the target of a route', () => {
    const build: Build = (app) => {
      const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000, ports: { dns: dns.dns } });
      new ReverseProxy(app, 'proxy', { routes: [Route.path('/dns', api.at('dns'))] });
    };
    expect(issuesOfApp(build)).toEqual([
      'shop/proxy: routes /dns leads to api:5353/udp: write a TCP port, because visitors of a proxy speak HTTP',
    ]);
  });
});
