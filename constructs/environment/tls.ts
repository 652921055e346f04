import type { Certificate } from '../model/route';

/**
 * HTTPS at a reverse proxy.
 *
 * @example { certificate: certManager('letsencrypt') }
 */
export interface TlsOptions {
  /** Where the certificate comes from: `certificateFiles()`, `tlsSecret(…)` or `certManager(…)`. */
  readonly certificate: Certificate;
  /**
   * The port for visitors without TLS: the proxy redirects them to HTTPS.
   * @default 80 if HTTPS is published at port 443; otherwise there is no such port
   */
  readonly redirectFrom?: number;
}

/**
 * A certificate and its key, each stored as a secret of the application in PEM format.
 *
 * @param certificate the name of the secret with the certificate and its intermediate certificates.
 *   @default TLS_CERTIFICATE
 * @param key the name of the secret with the private key. @default TLS_KEY
 */
export function certificateFiles(
  certificate = 'TLS_CERTIFICATE',
  key = 'TLS_KEY',
): Certificate & { kind: 'secrets' } {
  return { kind: 'secrets', certificate, key };
}

/**
 * A certificate in a Kubernetes Secret of type kubernetes.io/tls. The Secret must exist in the namespace.
 * Kubernetes only.
 */
export function tlsSecret(name: string): Certificate & { kind: 'tls-secret' } {
  return { kind: 'tls-secret', name };
}

/**
 * A certificate that cert-manager requests and renews. Kubernetes only.
 *
 * @param clusterIssuer the name of the ClusterIssuer, such as `letsencrypt`
 */
export function certManager(clusterIssuer: string): Certificate & { kind: 'issuer' } {
  return { kind: 'issuer', name: clusterIssuer };
}
