/** Pods of another namespace, such as those of a controller. */
export interface Pods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** An Ingress controller of the cluster. */
export interface IngressProxy {
  readonly kind: 'ingress';
  readonly className: string;
  /** What it understands besides the Ingress API itself: nothing, or the annotations of ingress-nginx. */
  readonly flavour: 'plain' | 'ingress-nginx';
  readonly annotations: Readonly<Record<string, string>>;
  /** The pods that pass requests on. */
  readonly controller: Pods;
  /** The Secret with users and hashes of their passwords; empty for none. */
  readonly passwords: string;
}

/** A Gateway of the cluster. */
export interface GatewayProxy {
  readonly kind: 'gateway';
  readonly gateway:
    /** One that somebody else keeps, with its listeners and certificates. */
    | { readonly kind: 'existing'; readonly name: string; readonly namespace: string }
    /** One of the application's own. */
    | { readonly kind: 'own'; readonly className: string };
  /** The pods that pass requests on. */
  readonly controller: Pods;
}

/** What carries out the routes of an application in a cluster. */
export type ClusterProxy =
  /** The nginx of the model, in pods of its own. */
  { readonly kind: 'nginx' } | IngressProxy | GatewayProxy;
