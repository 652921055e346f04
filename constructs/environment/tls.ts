import type { Certificate } from '../model/route';

/** HTTPS at a proxy. */
export interface TlsOptions {
  readonly certificate: Certificate;
  /** Where visitors who come without TLS are sent on to it. @default 80 where HTTPS is published at 443, else nowhere */
  readonly redirectFrom?: number;
}

/** A certificate, with those of its issuers, and its key, both in PEM, as secrets of these names. */
export function certificateFiles(
  certificate = 'TLS_CERTIFICATE',
  key = 'TLS_KEY',
): Certificate & { kind: 'secrets' } {
  return { kind: 'secrets', certificate, key };
}

/** A certificate from a Secret of type kubernetes.io/tls in the namespace. */
export function tlsSecret(name: string): Certificate & { kind: 'tls-secret' } {
  return { kind: 'tls-secret', name };
}

/** A certificate that cert-manager gets from a ClusterIssuer, and renews. */
export function certManager(clusterIssuer: string): Certificate & { kind: 'issuer' } {
  return { kind: 'issuer', name: clusterIssuer };
}
