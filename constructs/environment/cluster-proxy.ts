import { IssuesError } from '../issue';
import type { ClusterProxy, GatewayProxy, IngressProxy, Pods } from '../model/proxy';
import { checkCall } from '../shape/call';
import { optional, type Kind, type Shape } from '../shape/kind';
import { recordOf } from '../shape/lists';
import { object, options as optionsKind, variant } from '../shape/object';
import { oneOf, text } from '../shape/words';
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

const examplePods = "{ namespace: 'ingress-nginx', labels: { 'app.kubernetes.io/name': 'ingress-nginx' } }";

const className = text("the name of a class, such as 'nginx'");

const podsShape: Shape<Pods> = {
  namespace: text("a namespace, such as 'ingress-nginx'"),
  labels: recordOf(text(), "{ 'app.kubernetes.io/name': 'ingress-nginx' }"),
};

/** Pods of the cluster. */
export const podsKind = object(podsShape, { title: 'a field of pods', write: examplePods });

const annotations = recordOf(text(), "an object, such as { 'example.com/note': 'a text' }");

const flavour = oneOf('plain', 'ingress-nginx');

const ingressShape: Shape<IngressOptions> = {
  className,
  controller: podsKind,
  flavour: optional(flavour),
  annotations: optional(annotations),
  passwords: optional(text("the name of a Secret, such as 'passwords'")),
};

const ingressOptions = optionsKind(
  ingressShape,
  `ingress({ className: 'nginx', controller: ${examplePods} })`,
);

/** The options of both members of GatewayOptions. */
type AnyGateway = Pick<GatewayOptions, 'controller'> &
  Partial<{ readonly gateway: ExistingGateway; readonly className: string }>;

interface ExistingGateway {
  readonly name: string;
  readonly namespace: string;
}

const existingShape: Shape<ExistingGateway> = {
  name: text("the name of a Gateway, such as 'public'"),
  namespace: text("a namespace, such as 'gateways'"),
};

const gatewayShape: Shape<AnyGateway> = {
  controller: podsKind,
  gateway: optional(
    object(existingShape, {
      title: 'a field of gateway',
      write: "{ name: 'public', namespace: 'gateways' }",
    }),
  ),
  className: optional(className),
};

const gatewayOptions = optionsKind(
  gatewayShape,
  `gateway({ className: 'nginx', controller: ${examplePods} })`,
);

/** What serves the routes. */
export const proxyKind: Kind<ClusterProxy> = variant<ClusterProxy>(
  {
    nginx: {},
    ingress: { className, flavour, annotations, controller: podsKind, passwords: text() },
    gateway: {
      gateway: variant<GatewayProxy['gateway']>(
        { existing: existingShape, own: { className } },
        "{ kind: 'own', className: 'nginx' }",
      ),
      controller: podsKind,
    },
  },
  'nginx(), ingress({ … }) or gateway({ … })',
);

/** Serves the routes of a ReverseProxy with nginx, in pods of the application. */
export function nginx(): { readonly kind: 'nginx' } {
  return { kind: 'nginx' };
}

/**
 * Serves the routes of a ReverseProxy with the Ingress controller of the cluster, without nginx pods.
 *
 * @throws IssuesError if an option is wrong or unknown
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
  checkCall('ingress', { options }, { options: ingressOptions });
  return {
    kind: 'ingress',
    className: options.className,
    flavour: options.flavour ?? 'plain',
    annotations: options.annotations ?? {},
    controller: sortedPods(options.controller),
    passwords: options.passwords ?? '',
  };
}

/**
 * Serves the routes of a ReverseProxy with a Gateway of the cluster, without nginx pods.
 *
 * @throws IssuesError if an option is wrong or unknown
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
  checkCall<{ options: AnyGateway }>('gateway', { options }, { options: gatewayOptions });
  const { gateway: existing, className: own }: AnyGateway = options;
  const controller = sortedPods(options.controller);
  if (existing !== undefined && own === undefined)
    return { kind: 'gateway', gateway: { kind: 'existing', ...existing }, controller };
  if (existing === undefined && own !== undefined)
    return { kind: 'gateway', gateway: { kind: 'own', className: own }, controller };
  const problem = existing
    ? 'gateway and className are both there'
    : 'gateway and className are both missing';
  const write = 'one of them: gateway for a Gateway that exists, className to create one';
  throw new IssuesError([
    { path: 'gateway', field: 'gateway', got: existing, write, sentence: `${problem}: write ${write}` },
  ]);
}

function sortedPods({ namespace, labels }: Pods): Pods {
  return { namespace, labels: sortedKeys(labels) };
}
