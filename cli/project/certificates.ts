import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import type { Issue } from '../../constructs/issue';
import { namedHosts, type Certificate } from '../../constructs/model/route';
import type { ApplicationModel, Workload } from '../../constructs/model/workload';

type Values = Readonly<Record<string, string | undefined>>;
type Pair = Certificate & { readonly kind: 'secrets' };

/**
 * What is wrong with the certificates of an application's proxies, where their values are known. The values
 * themselves are never told.
 */
export function certificateIssues(path: string, model: ApplicationModel, values: Values, now: Date): Issue[] {
  return model.workloads.flatMap((workload) => {
    const { tls } = workload;
    if (tls.kind === 'none' || tls.certificate.kind !== 'secrets') return [];
    return pairIssues(path, tls.certificate, workload, values, now);
  });
}

/** The secrets that are certificates and keys, which nothing can be generated for. */
export function certificateSecrets({ workloads }: ApplicationModel): string[] {
  return workloads.flatMap(({ tls }) =>
    tls.kind === 'https' && tls.certificate.kind === 'secrets'
      ? [tls.certificate.certificate, tls.certificate.key]
      : [],
  );
}

function pairIssues(path: string, names: Pair, { routes }: Workload, values: Values, now: Date): Issue[] {
  const [text, keyText] = [values[names.certificate], values[names.key]];
  // What is missing is told of all secrets alike.
  if (text === undefined || keyText === undefined) return [];
  const issue = (name: string, got: string, write: string): Issue => ({
    path,
    field: `secret ${name}`,
    got,
    write,
  });
  const certificate = certificateOf(text);
  if (!certificate) return [issue(names.certificate, 'no certificate', 'a certificate in PEM')];
  const key = keyOf(keyText);
  const { validFrom, validTo, subjectAltName } = certificate;
  const missing = namedHosts(routes).filter((host) => certificate.checkHost(host) === undefined);
  return [
    ...(key ? [] : [issue(names.key, 'no key', 'a key in PEM, without a passphrase')]),
    ...(key && !certificate.checkPrivateKey(key)
      ? [
          issue(
            names.key,
            'the key of another certificate',
            `the key of the certificate in ${names.certificate}`,
          ),
        ]
      : []),
    ...(now > new Date(validTo)
      ? [issue(names.certificate, `a certificate that expired on ${validTo}`, 'one that is valid')]
      : []),
    ...(now < new Date(validFrom)
      ? [issue(names.certificate, `a certificate that is valid from ${validFrom} on`, 'one that is valid')]
      : []),
    ...(missing.length > 0
      ? [
          issue(
            names.certificate,
            `a certificate for ${subjectAltName ?? 'no host'}`,
            `one for ${missing.join(', ')} as well`,
          ),
        ]
      : []),
  ];
}

function certificateOf(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(text);
  } catch {
    return undefined;
  }
}

function keyOf(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
}
