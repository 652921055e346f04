import { requireObject } from '../issue';
import type { GatewayProxy, IngressProxy, Pods } from '../model/proxy';
import { sortedKeys } from '../model/sorted';

/** The Ingress controller of a cluster. */
export interface IngressOptions {
  /** The name of the IngressClass, such as `nginx`. */
  readonly className: string;
  /** The pods of the controller. The network policies let them connect to every component of a route. */
  readonly controller: Pods;
  /**
   * Whether the controller reads the annotations of ingress-nginx (`ingress-nginx`) or only the Ingress API (`plain`).
   * With `plain`, routes have fewer options: for example, `stripPrefix`, `sticky` and `auth` are refused.
   * @default plain
   */
  readonly flavour?: IngressProxy['flavour'];
  /** Annotations to add to each Ingress. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * The name of a Secret with users and password hashes, for routes with `auth`. Its key `auth` holds lines as
   * `htpasswd` writes them. Needed by ingress-nginx, which reads hashes only. @default none
   */
  readonly passwords?: string;
}

/** The Gateway of a cluster (Gateway API v1): one that exists, or a GatewayClass to create one. */
export type GatewayOptions = {
  /** The pods behind the Gateway. The network policies let them connect to every component of a route. */
  readonly controller: Pods;
} & (
  | {
      /** A Gateway that exists already, with its listeners and certificates. */
      readonly gateway: {
        /** The name of the Gateway. */
        readonly name: string;
        /** The namespace of the Gateway. */
        readonly namespace: string;
      };
    }
  | {
      /** The GatewayClass of a Gateway to create for the application. */
      readonly className: string;
    }
);

/** Serves the routes of a ReverseProxy with nginx, in pods of the application. */
export function nginx(): { readonly kind: 'nginx' } {
  return { kind: 'nginx' };
}

/**
 * Serves the routes of a ReverseProxy with the Ingress controller of the cluster, without nginx pods.
 *
 * @throws IssuesError if `controller` or its labels are missing
 * @example
 * kubernetes({
 *   namespace: 'shop',
 *   proxy: ingress({
 *     className: 'nginx',
 *     controller: { namespace: 'ingress-nginx', labels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
 *   }),
 * })
 */
export function ingress(options: IngressOptions): IngressProxy {
  const write = `ingress({ className: 'nginx', controller: ${examplePods} })`;
  const { className, controller, flavour, annotations, passwords } = requireObject(options, 'ingress', write);
  return {
    kind: 'ingress',
    className,
    flavour: flavour ?? 'plain',
    annotations: annotations ?? {},
    controller: checkedPods('ingress', controller),
    passwords: passwords ?? '',
  };
}

/**
 * Serves the routes of a ReverseProxy with a Gateway of the cluster, without nginx pods.
 *
 * @throws IssuesError if `controller` or its labels are missing
 * @example
 * kubernetes({
 *   namespace: 'shop',
 *   proxy: gateway({
 *     gateway: { name: 'public', namespace: 'gateways' },
 *     controller: { namespace: 'gateways', labels: { app: 'gateway' } },
 *   }),
 * })
 */
export function gateway(options: GatewayOptions): GatewayProxy {
  requireObject(options, 'gateway', `gateway({ className: 'nginx', controller: ${examplePods} })`);
  const controller = checkedPods('gateway', options.controller);
  return 'gateway' in options
    ? { kind: 'gateway', gateway: { kind: 'existing', ...options.gateway }, controller }
    : { kind: 'gateway', gateway: { kind: 'own', className: options.className }, controller };
}

const examplePods = "{ namespace: 'ingress-nginx', labels: { 'app.kubernetes.io/name': 'ingress-nginx' } }";

function checkedPods(path: string, pods: Pods): Pods {
  const { namespace, labels } = requireObject(pods, path, examplePods, 'controller');
  requireObject(labels, path, "{ 'app.kubernetes.io/name': 'ingress-nginx' }", 'controller.labels');
  return { namespace, labels: sortedKeys(labels) };
}
