import { requireObject } from '../issue';
import type { GatewayProxy, IngressProxy, Pods } from '../model/proxy';
import { sortedEntries } from '../model/sorted';

/** What an environment says of its cluster's Ingress controller. */
export interface IngressOptions {
  /** The IngressClass. */
  readonly className: string;
  /** The pods of the controller, which every component of a route lets in. */
  readonly controller: Pods;
  /** Whether it understands the annotations of ingress-nginx. @default plain: the Ingress API alone */
  readonly flavour?: IngressProxy['flavour'];
  /** Added to each Ingress. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * For ingress-nginx, a Secret with a key `auth` that holds users and the hashes of their passwords, as
   * htpasswd writes them: an Ingress reads no plain passwords. @default none
   */
  readonly passwords?: string;
}

/** What an environment says of its cluster's Gateway. */
export type GatewayOptions = {
  /** The pods behind the Gateway, which every component of a route lets in. */
  readonly controller: Pods;
} & (
  | {
      /** One that somebody else keeps. */ readonly gateway: {
        readonly name: string;
        readonly namespace: string;
      };
    }
  | { /** The GatewayClass of one of the application's own. */ readonly className: string }
);

/** The nginx of each ReverseProxy, in pods of its own. */
export function nginx(): { readonly kind: 'nginx' } {
  return { kind: 'nginx' };
}

/** The Ingress controller of the cluster in the place of each ReverseProxy. */
export function ingress(options: IngressOptions): IngressProxy {
  const write = `{ className: 'nginx', controller: ${somePods} }`;
  const { className, controller, flavour, annotations, passwords } = requireObject(options, 'ingress', write);
  return {
    kind: 'ingress',
    className,
    flavour: flavour ?? 'plain',
    annotations: annotations ?? {},
    controller: podsOf('ingress', controller),
    passwords: passwords ?? '',
  };
}

/** A Gateway (Gateway API v1) in the place of each ReverseProxy. */
export function gateway(options: GatewayOptions): GatewayProxy {
  requireObject(options, 'gateway', `{ className: 'nginx', controller: ${somePods} }`);
  const controller = podsOf('gateway', options.controller);
  return 'gateway' in options
    ? { kind: 'gateway', gateway: { kind: 'existing', ...options.gateway }, controller }
    : { kind: 'gateway', gateway: { kind: 'own', className: options.className }, controller };
}

const somePods = "{ namespace: 'ingress-nginx', labels: { 'app.kubernetes.io/name': 'ingress-nginx' } }";

function podsOf(path: string, pods: Pods): Pods {
  const { namespace, labels } = requireObject(pods, path, somePods, 'controller');
  requireObject(labels, path, "{ 'app.kubernetes.io/name': 'ingress-nginx' }", 'controller.labels');
  return { namespace, labels: Object.fromEntries(sortedEntries(labels)) };
}
