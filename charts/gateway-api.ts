/**
 * The part of the Gateway API (v1, standard channel) that this project renders.
 * @see https://gateway-api.sigs.k8s.io/reference/spec/
 */
export interface GatewayProps {
  readonly spec?: {
    readonly gatewayClassName: string;
    readonly listeners: readonly Listener[];
  };
}

export interface Listener {
  readonly name: string;
  readonly hostname?: string;
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly tls?: {
    readonly mode: 'Terminate';
    readonly certificateRefs: readonly { readonly name: string }[];
  };
}

export interface HttpRouteProps {
  readonly spec?: {
    readonly parentRefs: readonly ParentRef[];
    readonly hostnames?: readonly string[];
    readonly rules: readonly HttpRule[];
  };
}

export interface ParentRef {
  readonly name: string;
  readonly namespace?: string;
  /** The name of a listener. */
  readonly sectionName?: string;
}

export interface HttpRule {
  readonly matches: readonly { readonly path: { readonly type: 'PathPrefix'; readonly value: string } }[];
  readonly filters?: readonly HttpFilter[];
  readonly backendRefs?: readonly { readonly name: string; readonly port: number; readonly weight: number }[];
  readonly timeouts?: { readonly request: string };
}

export type HttpFilter =
  | { readonly type: 'URLRewrite'; readonly urlRewrite: { readonly path: PrefixReplacement } }
  | {
      readonly type: 'RequestRedirect';
      readonly requestRedirect: {
        readonly scheme?: 'http' | 'https';
        readonly hostname?: string;
        readonly port?: number;
        readonly path?: PrefixReplacement;
        readonly statusCode: number;
      };
    };

export interface PrefixReplacement {
  readonly type: 'ReplacePrefixMatch';
  readonly replacePrefixMatch: string;
}
