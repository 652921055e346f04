import type { GatewayProxy } from '../../constructs/model/proxy';
import { defaultTimeout, isWildcard, namedHosts } from '../../constructs/model/route';
import {
  forwardsWith,
  routesWith,
  proxiesWith,
  type ProxyRule,
  type ProxyTable,
} from '../../constructs/target/proxy';
import {
  hostless,
  needsAnnotations,
  needsNginx,
  plainIngress,
  secured,
  withoutPrefix,
} from './ingress-support';

/** How a Gateway with HTTPRoutes supports the features of a proxy. */
export function gatewayTable({ gateway }: GatewayProxy): ProxyTable {
  const existing: readonly ProxyRule[] = [
    {
      support: 'refused',
      where: proxiesWith((tls) => tls.kind === 'https'),
      reason: 'the owner of the Gateway chooses its certificates',
      fix: "tls: 'off', or gateway({ className: … })",
    },
  ];
  const needsHosts: ProxyRule = {
    support: 'refused',
    where: (workload, model) =>
      workload.tls.kind === 'https' && workload.tls.certificate.kind === 'issuer'
        ? hostless(workload, model)
        : [],
    reason: 'cert-manager gets certificates only for host names',
    fix: 'hosts for every route',
  };
  return {
    ...plainIngress,
    targets: [],
    hosts: [...plainIngress.hosts, manyLabels],
    stripPrefix: [withoutPrefix],
    redirect: [
      {
        support: 'refused',
        where: routesWith('redirect', ({ answer }) => answer.kind === 'redirect' && answer.status === 308),
        reason: 'an HTTPRoute can redirect only with 301 or 302',
        fix: 'status: 301, or proxy: nginx()',
      },
    ],
    bodyLimit: plainIngress.bodyLimit.map((rule) =>
      rule.support === 'refused'
        ? { ...rule, reason: 'an HTTPRoute cannot limit the size of a request body', fix: needsNginx }
        : rule,
    ),
    timeout: [
      {
        support: 'emulated',
        where: forwardsWith('timeout', ({ milliseconds }) => milliseconds !== defaultTimeout.milliseconds),
        note: 'An HTTPRoute limits the time of the whole request, not the time without any data',
      },
      {
        support: 'emulated',
        where: forwardsWith('timeout', ({ milliseconds }) => milliseconds === defaultTimeout.milliseconds),
        note: "The controller's own timeouts apply",
      },
    ],
    sticky: refusedUnlessNone(
      'sticky',
      'an HTTPRoute of the standard channel cannot keep a visitor at one replica',
    ),
    auth: refusedUnlessNone('auth', 'an HTTPRoute cannot ask for a password'),
    tls: gateway.kind === 'existing' ? existing : [...secured, needsHosts, redirectsChallenges],
  };
}

const manyLabels: ProxyRule = {
  support: 'emulated',
  where: ({ routes }) => {
    const wildcards = namedHosts(routes).filter(isWildcard);
    return wildcards.length > 0 ? [{ field: 'routes hosts', got: wildcards }] : [];
  },
  note: 'In a Gateway, the * of a host is one or more labels, and not exactly one',
};

const redirectsChallenges: ProxyRule = {
  support: 'emulated',
  where: proxiesWith((tls) => tls.kind === 'https'),
  note:
    'The Gateway redirects /.well-known/acme-challenge to HTTPS as well, unless an HTTPRoute for that path exists, as ' +
    'cert-manager makes it',
};

function refusedUnlessNone(field: 'sticky' | 'auth', reason: string): ProxyRule[] {
  return [
    {
      support: 'refused',
      where: forwardsWith(field, ({ kind }) => kind !== 'none'),
      reason,
      fix: needsAnnotations,
    },
  ];
}
