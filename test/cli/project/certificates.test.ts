import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Backend, certificateFiles, ReverseProxy, Route } from 'catamaran';
import { certificateIssues } from '../../../cli/project/certificates';
import { formatIssue } from '../../../constructs/issue';
import { modelOfApp } from '../../support/application';

const model = modelOfApp((app) => {
  const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
  const routes = ['shop.example', 'www.shop.example'].map((host) => Route.path('/', api, { hosts: [host] }));
  new ReverseProxy(app, 'proxy', { routes, tls: { certificate: certificateFiles() } });
});

const day = 86_400_000;
let now: Date;
let good: Pair;
let other: Pair;

interface Pair {
  readonly certificate: string;
  readonly key: string;
}

function made(hosts: string): Pair {
  const folder = mkdtempSync(join(tmpdir(), 'catamaran-certificate-'));
  const [certificate, key] = [join(folder, 'tls.crt'), join(folder, 'tls.key')];
  const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync(
    'openssl',
    [
      ...args,
      '-days',
      '2',
      '-subj',
      '/CN=x',
      '-addext',
      `subjectAltName=${hosts}`,
      '-keyout',
      key,
      '-out',
      certificate,
    ],
    { stdio: 'pipe' },
  );
  const pair = { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
  rmSync(folder, { recursive: true });
  return pair;
}

beforeAll(() => {
  good = made('DNS:shop.example,DNS:*.shop.example');
  other = made('DNS:shop.example');
  // Not before the certificates, which are valid from when they were made.
  now = new Date();
});

function issues(certificate: string | undefined, key: string | undefined, at = now): string[] {
  const values = { TLS_CERTIFICATE: certificate, TLS_KEY: key };
  return certificateIssues('shop (dev)', model, values, at).map(formatIssue);
}

test('a certificate for every host, with its key, is taken', () => {
  expect(issues(good.certificate, good.key)).toEqual([]);
});

test('what is missing is left to those who tell of all secrets', () => {
  expect(issues(undefined, good.key)).toEqual([]);
});

test('the key has to be its own', () => {
  expect(issues(good.certificate, other.key)).toEqual([
    'shop (dev): secret TLS_KEY does not belong to the certificate in TLS_CERTIFICATE: write the key of that certificate',
  ]);
});

test('it has to be valid now', () => {
  const late = issues(good.certificate, good.key, new Date(now.getTime() + 3 * day));
  expect(late).toEqual([
    expect.stringMatching(
      /^shop \(dev\): secret TLS_CERTIFICATE expired on \w{3} .* GMT: write a certificate that is valid now$/,
    ),
  ]);
  const early = issues(good.certificate, good.key, new Date(now.getTime() - day));
  expect(early).toEqual([
    expect.stringMatching(
      /^shop \(dev\): secret TLS_CERTIFICATE is valid only from \w{3} .* GMT on: write a certificate that is valid now$/,
    ),
  ]);
});

test('it has to be for every host that a route names', () => {
  expect(issues(other.certificate, other.key)).toEqual([
    'shop (dev): secret TLS_CERTIFICATE is a certificate for DNS:shop.example: write a certificate that is also for www.shop.example',
  ]);
});

test('what is no certificate and no key is not told', () => {
  expect(issues('tell-nobody', good.key)).toEqual([
    'shop (dev): secret TLS_CERTIFICATE is not a certificate: write a certificate in PEM format',
  ]);
  expect(issues(good.certificate, 'tell-nobody')).toEqual([
    'shop (dev): secret TLS_KEY is not a private key: write a key in PEM format, without a passphrase',
  ]);
});

test('a wildcard needs a certificate for the wildcard', () => {
  const wild = modelOfApp((app) => {
    const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
    const routes = [Route.path('/', api, { hosts: ['*.shop.example'] })];
    new ReverseProxy(app, 'proxy', { routes, tls: { certificate: certificateFiles() } });
  });
  const of = ({ certificate, key }: Pair) =>
    certificateIssues('shop (dev)', wild, { TLS_CERTIFICATE: certificate, TLS_KEY: key }, now).map(
      formatIssue,
    );
  expect(of(good)).toEqual([]);
  expect(of(other)).toEqual([
    'shop (dev): secret TLS_CERTIFICATE is a certificate for DNS:shop.example: write a certificate that is also for *.shop.example',
  ]);
});
