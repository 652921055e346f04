import { certManager, Duration, ingress, Route } from 'catamaran';
import { proxyTableOf } from '../../../../charts/proxy/support';
import type { EnvironmentSpec } from '../../../../constructs/environment/environment';
import type { ProxyTable } from '../../../../constructs/target/proxy';
import { dockerProxy } from '../../../../docker/lower/proxy';
import {
  annotated,
  at,
  bare,
  hostless,
  hosts,
  noted,
  plainly,
  proxies,
  refused,
  route,
  routed,
  secured,
  shop,
  type Cases,
  type Where,
} from '../../../support/proxied';
import { expectRule, type RuleCase } from '../../../support/rules';
import { auth, secret, files, sticky, everywhere, certificates, withoutPrefix } from './shared';
import { plain } from './ingress';
import { gateways } from './gateway';

const tables: Readonly<Record<Where, ProxyTable>> = {
  docker: dockerProxy,
  nginx: proxyTableOf(proxies.nginx),
  ingress: proxyTableOf(proxies.ingress),
  'ingress-nginx': proxyTableOf(proxies['ingress-nginx']),
  gateway: proxyTableOf(proxies.gateway),
  'existing gateway': proxyTableOf(proxies['existing gateway']),
};

const issued = { certificate: certManager('letsencrypt') };

const inTheClear = {
  auth: {
    'without TLS, others on the network can read the password': refused(
      'routes /api auth',
      undefined,
      "tls: { certificate: … }, or on Docker expose: hostPort(…, '127.0.0.1')",
      route({ auth }),
      (place) =>
        place.target === 'docker'
          ? at(place, routed({ auth }), undefined, '127.0.0.1')
          : at(place, routed({ auth }), secret),
    ),
  },
} satisfies Cases;

const withoutPasswords = (place: EnvironmentSpec): EnvironmentSpec =>
  place.target === 'docker' ? place : { ...place, proxy: ingress(annotated) };

const cases: Readonly<Record<Where, Cases>> = {
  docker: {
    ...inTheClear,
    tls: {
      'an engine has neither Kubernetes Secrets nor cert-manager': refused(
        'tls',
        undefined,
        'tls: { certificate: certificateFiles(…) }',
        (place) => at(place, bare, secret, '127.0.0.1'),
        (place) => at(place, bare, files, '127.0.0.1'),
      ),
    },
  },
  nginx: {
    ...inTheClear,
    sticky: {
      'The replicas that visitors stay at run as a StatefulSet. A release replaces the replicas one after the other, and waits for each as long as it takes: the deadline does not apply':
        noted(route({ sticky }), plainly),
      'nginx needs a fixed list of replicas, and an autoscaler changes their number': refused(
        'routes /api sticky to api',
        undefined,
        "autoscale: 'off' for the component",
        (place) =>
          at(
            place,
            shop((api) => [Route.path('/api', api, { hosts, sticky })], { autoscale: { max: 4 } }),
          ),
        route({ sticky }),
      ),
    },
    tls: {
      'cert-manager gets certificates for an Ingress or a Gateway, not for this nginx': refused(
        'tls',
        undefined,
        'proxy: ingress(…), or tls: { certificate: tlsSecret(…) } with the Secret of a cert-manager ' +
          'Certificate',
        secured(issued),
        secured(files),
      ),
      'nginx reads its certificate only when it starts. Restart it after each renewal': noted(
        secured(secret),
        secured(files),
      ),
    },
  },
  ingress: plain,
  'ingress-nginx': {
    ...everywhere,
    targets: plain.targets,
    redirect: plain.redirect,
    stripPrefix: {
      'Because one path is stripped, ingress-nginx reads all paths of its host as patterns that ignore case':
        noted(route({ stripPrefix: true }), plainly),
      ...withoutPrefix,
    },
    timeout: {
      'ingress-nginx counts whole seconds: it rounds a part of a second up': noted(
        route({ timeout: Duration.milliseconds(2500) }),
        route({ timeout: Duration.seconds(2) }),
      ),
    },
    auth: {
      'an Ingress cannot read plain passwords': refused(
        'routes /api auth',
        undefined,
        "ingress({ passwords: '<a Secret with users and hashes>', … })",
        (place) => at(withoutPasswords(place), routed({ auth }), secret),
        (place) => at(place, routed({ auth }), secret),
      ),
      'without TLS, others on the network can read the password': refused(
        'routes /api auth',
        undefined,
        'tls: { certificate: tlsSecret(…) } or certManager(…)',
        route({ auth }),
        (place) => at(place, routed({ auth }), secret),
      ),
      'The users and passwords come from the Secret that the environment names. The components can see them':
        noted((place) => at(place, routed({ auth }), secret), plainly),
    },
    tls: {
      ...certificates,
      'an Ingress can use certificates only for host names':
        plain.tls['an Ingress can use certificates only for host names'],
    },
  },
  gateway: {
    ...gateways,
    tls: {
      ...certificates,
      'cert-manager gets certificates only for host names': refused(
        'tls',
        undefined,
        'hosts for every route',
        secured(issued, hostless),
        secured(issued),
      ),
      'The Gateway redirects /.well-known/acme-challenge to HTTPS as well, unless an HTTPRoute for that path exists, as cert-manager makes it':
        noted(secured(secret), plainly),
    },
  },
  'existing gateway': {
    ...gateways,
    tls: {
      'the owner of the Gateway chooses its certificates': refused(
        'tls',
        undefined,
        "tls: 'off', or gateway({ className: … })",
        secured(secret),
        plainly,
      ),
    },
  },
};

const named = Object.entries(cases).flatMap(([where, features]) =>
  Object.entries(features).flatMap(([feature, rules]) =>
    Object.entries(rules).map(([words, told]): RuleCase => ({
      rule: `${where}: ${feature}: ${words}`,
      field: feature === 'tls' || feature === 'trustedProxies' ? feature : 'routes',
      workload: 'proxy',
      words,
      ...told(where as Where),
    })),
  ),
);

test('every rule of every proxy has a case', () => {
  const rules = Object.entries(tables).flatMap(([where, table]) =>
    Object.entries(table).flatMap(([feature, ofFeature]) =>
      ofFeature.map((one) => `${where}: ${feature}: ${one.support === 'refused' ? one.reason : one.note}`),
    ),
  );
  expect(named.map((one) => one.rule).sort()).toEqual(rules.sort());
});

test.each(named.map((one) => [one.rule, one] as const))('%s', (_, one) => {
  expectRule(one);
});
