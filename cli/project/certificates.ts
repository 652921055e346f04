import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import type { Issue } from '../../constructs/issue';
import { namedHosts, type Certificate } from '../../constructs/model/route';
import type { ApplicationModel, Workload } from '../../constructs/model/workload';
import type { Values } from './secret-values';

type Pair = Certificate & { readonly kind: 'secrets' };

/** Finds mistakes in the certificates of an application's proxies, if their values are known. No issue contains a value. */
export function certificateIssues(path: string, model: ApplicationModel, values: Values, now: Date): Issue[] {
  return model.workloads.flatMap((workload) =>
    pairsOf(workload).flatMap((pair) => pairIssues(path, pair, workload, values, now)),
  );
}

/** The names of the secrets that are certificates or their keys. */
export function certificateSecrets({ workloads }: ApplicationModel): string[] {
  return workloads.flatMap(pairsOf).flatMap(({ certificate, key }) => [certificate, key]);
}

function pairsOf({ tls }: Workload): Pair[] {
  return tls.kind === 'https' && tls.certificate.kind === 'secrets' ? [tls.certificate] : [];
}

function pairIssues(path: string, names: Pair, { routes }: Workload, values: Values, now: Date): Issue[] {
  const [text, keyText] = [values[names.certificate], values[names.key]];
  // secretValueIssues() reports missing secrets.
  if (text === undefined || keyText === undefined) return [];
  const issue = (name: string, problem: string, write: string): Issue => ({
    path,
    field: `secret ${name}`,
    got: problem,
    write,
    sentence: `secret ${name} ${problem}: write ${write}`,
  });
  const certificate = certificateOf(text);
  if (!certificate) return [issue(names.certificate, 'is not a certificate', 'a certificate in PEM format')];
  const key = keyOf(keyText);
  const { validFrom, validTo, subjectAltName } = certificate;
  const missing = namedHosts(routes).filter((host) => certificate.checkHost(host) === undefined);
  return [
    ...(key ? [] : [issue(names.key, 'is not a private key', 'a key in PEM format, without a passphrase')]),
    ...(key && !certificate.checkPrivateKey(key)
      ? [
          issue(
            names.key,
            `does not belong to the certificate in ${names.certificate}`,
            'the key of that certificate',
          ),
        ]
      : []),
    ...(now > new Date(validTo)
      ? [issue(names.certificate, `expired on ${validTo}`, 'a certificate that is valid now')]
      : []),
    ...(now < new Date(validFrom)
      ? [issue(names.certificate, `is valid only from ${validFrom} on`, 'a certificate that is valid now')]
      : []),
    ...(missing.length > 0
      ? [
          issue(
            names.certificate,
            `is a certificate for ${subjectAltName ?? 'no host'}`,
            `a certificate that is also for ${missing.join(', ')}`,
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
