import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run';

/** A certificate and its key, in PEM. */
export interface Pair {
  readonly certificate: string;
  readonly key: string;
}

/** Makes a certificate for some hosts that signs itself, in files `tls.crt` and `tls.key` of a folder. */
export async function makeCertificate(folder: string, hosts: readonly string[]): Promise<Pair> {
  const [certificate, key] = ['tls.crt', 'tls.key'].map((file) => join(folder, file));
  if (certificate === undefined || key === undefined) throw new Error('two files were named');
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', '/CN=proxied', '-addext', `subjectAltName=${hosts.map((host) => `DNS:${host}`).join()}`],
    ...['-keyout', key, '-out', certificate],
  ]);
  return { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
}
