import {
  Backend,
  certificateFiles,
  hostPort,
  loadBalancer,
  nodePort,
  ReverseProxy,
  Route,
  type ReverseProxyProps,
} from 'catamaran';
import type { EnvironmentSpec } from '../../../../constructs/environment/environment';
import type { PlacedSettings } from '../../../../constructs/environment/settings';
import { issuesOfApp, onDocker, onKubernetes, planOfApp, type Build } from '../../../support/application';

const places = [onDocker, onKubernetes];

/** An application whose proxy has these props. */
const proxied =
  (props: Partial<ReverseProxyProps>): Build =>
  (app) => {
    const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
    new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api)], ...props });
  };

const issues = (props: Partial<ReverseProxyProps>) =>
  places.map((place) => issuesOfApp(proxied(props), place));
const onBoth = (...lines: readonly string[]) => [lines, lines];
const set = (place: EnvironmentSpec, proxy: PlacedSettings) => ({ ...place, components: { proxy } });
const tls = { certificate: certificateFiles() };

/** Expects that a proxy has no issue. */
function expectNone(props: Partial<ReverseProxyProps>): void {
  for (const place of places) expect(planOfApp(proxied(props), place).model.workloads).toHaveLength(2);
}

const inClear =
  'shop/proxy: publish is 443 without tls, and browsers speak TLS there: write tls: { certificate: … }, or another ' +
  'port, or trustedProxies if a load balancer before the proxy ends TLS';

test('port 443 is for TLS, at the proxy or before it', () => {
  expect(issues({ publish: 443 })).toEqual(onBoth(inClear));
  for (const place of [
    set(onDocker, { expose: hostPort(443) }),
    set(onDocker, { expose: hostPort(443), tls: 'off' }),
    set(onKubernetes, { expose: loadBalancer(443) }),
  ])
    expect(issuesOfApp(proxied({}), place)).toEqual([inClear]);
  expectNone({ publish: 443, trustedProxies: ['10.0.0.0/8'] });
  expectNone({ publish: 443, tls });
  expectNone({ publish: 8443 });
  const node = set(onKubernetes, { expose: nodePort(30443, 443) });
  expect(planOfApp(proxied({}), node).model.workloads).toHaveLength(2);
});

test('port 80 is for plain HTTP', () => {
  expect(issues({ publish: 80, tls })).toEqual(
    onBoth('shop/proxy: publish is 80 with tls, and browsers speak no TLS there: write 443'),
  );
  expect(issues({ publish: 8443, tls: { ...tls, redirectFrom: 443 } })).toEqual(
    onBoth('shop/proxy: tls.redirectFrom is 443, and browsers speak TLS there: write 80'),
  );
});

test.each([
  ['10.0.0.0/8', `trustedProxies is "10.0.0.0/8": write ['10.0.0.0/8']`],
  [[10], "trustedProxies[0] is 10: write '10'"],
])('trusted proxies are a list of texts, and not %j', (got, told) => {
  // Without a type check, anything can come.
  const trustedProxies = got as unknown as readonly string[];
  expect(issues({ trustedProxies })).toEqual(onBoth(`shop/proxy: ${told}`));
});

test('trusted proxies are addresses, and not everybody', () => {
  expectNone({ trustedProxies: ['10.0.0.1', '2001:db8::/32'] });
  expect(issues({ trustedProxies: ['lb.example', '10.0.0.0/33', '0.0.0.0/0', '::/0'] })).toEqual(
    onBoth(
      ...['lb.example', '10.0.0.0/33'].map(
        (block) =>
          `shop/proxy: trustedProxies is "${block}": write an IP address or a CIDR block, such as 10.0.0.0/8`,
      ),
      ...['0.0.0.0/0', '::/0'].map(
        (block) =>
          `shop/proxy: trustedProxies is "${block}": write the addresses of the load balancer only, because this ` +
          'block trusts every visitor',
      ),
    ),
  );
});
