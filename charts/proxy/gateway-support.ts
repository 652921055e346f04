import type { GatewayProxy } from '../../constructs/model/proxy';
import { defaultTimeout } from '../../constructs/model/route';
import {
  forwarding,
  routing,
  securing,
  type ProxyRule,
  type ProxyTable,
} from '../../constructs/target/proxy';
import { hostless, needsAnnotations, needsNginx, plainIngress, secured } from './ingress-support';

/** What a Gateway and its HTTPRoutes can say. */
export function gatewayTable({ gateway }: GatewayProxy): ProxyTable {
  const foreign: readonly ProxyRule[] = [
    {
      support: 'refused',
      of: securing((tls) => tls.kind === 'https'),
      reason: 'the Gateway has its certificates from those who keep it',
      fix: "tls: 'off', or gateway({ className: … })",
    },
  ];
  const unnamed: ProxyRule = {
    support: 'refused',
    of: (workload, model) =>
      workload.tls.kind === 'https' && workload.tls.certificate.kind === 'issuer'
        ? hostless(workload, model)
        : [],
    reason: 'cert-manager gets certificates for host names',
    fix: 'hosts for every route',
  };
  return {
    ...plainIngress,
    targets: [],
    stripPrefix: [],
    redirect: [
      {
        support: 'refused',
        of: routing('redirect', ({ answer }) => answer.kind === 'redirect' && answer.status === 308),
        reason: 'an HTTPRoute redirects with 301 and 302',
        fix: 'status: 301, or proxy: nginx()',
      },
    ],
    bodyLimit: plainIngress.bodyLimit.map((rule) =>
      rule.support === 'refused' ? { ...rule, reason: 'an HTTPRoute limits no body', fix: needsNginx } : rule,
    ),
    timeout: [
      {
        support: 'emulated',
        of: forwarding('timeout', ({ milliseconds }) => milliseconds !== defaultTimeout.milliseconds),
        note: 'an HTTPRoute limits the time of a whole request, not of a silence',
      },
      {
        support: 'emulated',
        of: forwarding('timeout', ({ milliseconds }) => milliseconds === defaultTimeout.milliseconds),
        note: "the controller's own timeouts hold",
      },
    ],
    sticky: refusedAlike('sticky', 'an HTTPRoute of the standard channel keeps no visitor at a replica'),
    auth: refusedAlike('auth', 'an HTTPRoute asks for no password'),
    tls: gateway.kind === 'existing' ? foreign : [...secured, unnamed],
  };
}

function refusedAlike(field: 'sticky' | 'auth', reason: string): ProxyRule[] {
  return [
    {
      support: 'refused',
      of: forwarding(field, ({ kind }) => kind !== 'none'),
      reason,
      fix: needsAnnotations,
    },
  ];
}
