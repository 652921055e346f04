/**
 * Pods in another namespace, such as those of an Ingress controller.
 *
 * @example { namespace: 'ingress-nginx', labels: { 'app.kubernetes.io/name': 'ingress-nginx' } }
 */
export interface Pods {
  /** The namespace of the pods. */
  readonly namespace: string;
  /** The labels that select the pods. */
  readonly labels: Readonly<Record<string, string>>;
}

/** The Ingress controller of a cluster. */
export interface IngressProxy {
  readonly kind: 'ingress';
  readonly className: string;
  /** Whether the controller reads the annotations of ingress-nginx. */
  readonly flavour: 'plain' | 'ingress-nginx';
  readonly annotations: Readonly<Record<string, string>>;
  /** The pods that forward the requests. */
  readonly controller: Pods;
  /** The name of the Secret with users and password hashes; empty if there is none. */
  readonly passwords: string;
}

/** The Gateway of a cluster. */
export interface GatewayProxy {
  readonly kind: 'gateway';
  readonly gateway:
    /** A Gateway that exists already, with its listeners and certificates. */
    | { readonly kind: 'existing'; readonly name: string; readonly namespace: string }
    /** A Gateway that is created for the application. */
    | { readonly kind: 'own'; readonly className: string };
  /** The pods that forward the requests. */
  readonly controller: Pods;
}

/** What serves the routes of an application in a cluster. */
export type ClusterProxy =
  /** nginx, in pods of the application. */
  { readonly kind: 'nginx' } | IngressProxy | GatewayProxy;
