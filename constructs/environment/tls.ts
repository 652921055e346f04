import type { Certificate } from '../model/route';
import { checkCall } from '../shape/call';
import { hidden } from '../shape/hidden';
import { optional, type Kind, type Shape } from '../shape/kind';
import { object, variant } from '../shape/object';
import { anyPort } from '../shape/numbers';
import { text } from '../shape/words';

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

const name = text('a name as a text');

const tlsShape: Shape<TlsOptions> = {
  // A text there may be a private key.
  certificate: hidden(
    variant<Certificate>(
      { secrets: { certificate: name, key: name }, 'tls-secret': { name }, issuer: { name } },
      "certificateFiles(), tlsSecret('shop-tls') or certManager('letsencrypt')",
    ),
  ),
  redirectFrom: optional(anyPort),
};

export const tlsKind: Kind<TlsOptions> = object(tlsShape, {
  title: 'a field of tls',
  write: '{ certificate: certificateFiles() }',
});

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
  checkCall('certificateFiles', { certificate, key }, { certificate: name, key: name });
  return { kind: 'secrets', certificate, key };
}

/**
 * A certificate in a Kubernetes Secret of type kubernetes.io/tls. The Secret must exist in the namespace.
 * Kubernetes only.
 */
export function tlsSecret(secret: string): Certificate & { kind: 'tls-secret' } {
  checkCall('tlsSecret', { secret }, { secret: name });
  return { kind: 'tls-secret', name: secret };
}

/**
 * A certificate that cert-manager requests and renews. Kubernetes only.
 *
 * @param clusterIssuer the name of the ClusterIssuer, such as `letsencrypt`
 */
export function certManager(clusterIssuer: string): Certificate & { kind: 'issuer' } {
  checkCall('certManager', { clusterIssuer }, { clusterIssuer: name });
  return { kind: 'issuer', name: clusterIssuer };
}
