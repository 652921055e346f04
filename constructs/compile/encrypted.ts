import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Application } from '../components/application';
import { isFile } from './files';
import { applicationSecret } from '../environment/kubernetes';
import type { Environment } from '../environment/environment';
import type { Issue } from '../issue';
import { ciphertextsOf, type Ciphertexts, type Encrypted, type EncryptedSecret } from '../model/secret';
import type { ApplicationModel } from '../model/workload';

type Mapping = Readonly<Record<string, unknown>>;

/** What a file has, or what is wrong with it. */
interface Read {
  readonly encrypted: Encrypted;
  readonly issues: readonly Issue[];
}

const clusterWide = 'sealedsecrets.bitnami.com/cluster-wide';
const namespaceWide = 'sealedsecrets.bitnami.com/namespace-wide';

/** Reads the encrypted values of an application's environment. A file that is not there has none yet. */
export function readEncrypted({ name, environment, folder }: Application): Read {
  const source = environment.secrets;
  if (source.kind !== 'sealed-secrets' && source.kind !== 'sops') return found({ kind: 'none' });
  const file = join(folder, source.file);
  const issue = (got: unknown, write: string): Read => ({
    encrypted: { kind: 'none' },
    issues: [{ path: `${name} (${environment.name})`, field: `secrets ${file}`, got, write }],
  });
  const document = isFile(file) ? parse(file, readFileSync(file, 'utf8')) : {};
  if (document === undefined) return issue('text that cannot be read', 'YAML, JSON or, for SOPS, NAME=value');
  if (source.kind === 'sealed-secrets') return sealed(document, name, environment, issue);
  if (environment.target === 'kubernetes') return encryptedSecret(document, name, environment, issue);
  if (!isEncrypted(document)) return issue('values in the clear', `what sops --encrypt makes of it`);
  return found({ kind: 'sops', values: textsOf(document) });
}

/** The secrets of an application that its file has no value for. */
export function missingCiphertexts(
  { name, environment, folder }: Application,
  model: ApplicationModel,
): Issue[] {
  const source = environment.secrets;
  if (source.kind !== 'sealed-secrets' && source.kind !== 'sops') return [];
  const values = ciphertextsOf(model.encrypted);
  const write = `it into ${join(folder, source.file)}, as catamaran secrets ${name} --environment ${environment.name} tells`;
  return model.secrets
    .filter((secret) => values[secret] === undefined)
    .map((secret) => ({
      path: `${name} (${environment.name})`,
      field: `secret ${secret}`,
      got: undefined,
      write,
    }));
}

function sealed(
  document: Mapping,
  application: string,
  environment: Environment,
  issue: (got: unknown, write: string) => Read,
): Read {
  const empty = Object.keys(document).length === 0;
  if (!empty && document['kind'] !== 'SealedSecret') return issue(document['kind'], 'kind: SealedSecret');
  const metadata = mappingIn(document, 'metadata');
  const annotations = Object.fromEntries(
    Object.entries(textsOf(mappingIn(metadata, 'annotations'))).filter(
      ([key]) => key === clusterWide || key === namespaceWide,
    ),
  );
  const values = textsOf(mappingIn(mappingIn(document, 'spec'), 'encryptedData'));
  const anywhere = empty || annotations[clusterWide] === 'true';
  const bound = anywhere ? [] : annotations[namespaceWide] === 'true' ? ['namespace'] : ['name', 'namespace'];
  const problem = misplaced(metadata, bound, application, environment);
  return problem ? issue(...problem) : found({ kind: 'sealed', values, annotations });
}

function encryptedSecret(
  document: Mapping,
  application: string,
  environment: Environment,
  issue: (got: unknown, write: string) => Read,
): Read {
  if (Object.keys(document).length === 0) return found({ kind: 'sops', values: {} });
  if (!isSecret(document))
    return issue(document['kind'], 'kind: Secret of apiVersion: v1, with a name and namespace');
  if (!isEncrypted(document)) return issue('values in the clear', `what sops --encrypt makes of it`);
  const values = { ...textsOf(mappingIn(document, 'data')), ...textsOf(mappingIn(document, 'stringData')) };
  if (Object.values(values).some((value) => !value.startsWith('ENC[')))
    return issue(
      'values in the clear',
      "what sops --encrypt --encrypted-regex '^(data|stringData)$' makes of it",
    );
  const problem = misplaced(mappingIn(document, 'metadata'), ['name', 'namespace'], application, environment);
  return problem ? issue(...problem) : found({ kind: 'sops-secret', values, object: document });
}

// What is encrypted for one name and namespace is of no use under another.
function misplaced(
  metadata: Mapping,
  bound: readonly string[],
  application: string,
  environment: Environment,
): [unknown, string] | undefined {
  if (environment.target !== 'kubernetes') return undefined;
  const wanted: Mapping = {
    name: applicationSecret(application, environment),
    namespace: environment.namespace,
  };
  const [wrong] = bound.filter((field) => metadata[field] !== wanted[field]);
  if (wrong === undefined) return undefined;
  return [metadata[wrong], `${wrong}: ${String(wanted[wrong])} in its metadata, and encrypt it for that`];
}

function found(encrypted: Encrypted): Read {
  return { encrypted, issues: [] };
}

function parse(file: string, text: string): Mapping | undefined {
  if (file.endsWith('.env')) return parseEnv(text);
  // Loaded here because most synths have no such file to read.
  const { parse: parseYaml } = require('yaml') as typeof import('yaml');
  try {
    const document: unknown = parseYaml(text);
    return isMapping(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

function isEncrypted(document: Mapping): boolean {
  const keys = Object.keys(document);
  return keys.length === 0 || keys.some((key) => key === 'sops' || key.startsWith('sops_'));
}

function isSecret(document: Mapping): document is Mapping & EncryptedSecret {
  const { name, namespace } = mappingIn(document, 'metadata');
  const named = typeof name === 'string' && typeof namespace === 'string';
  return document['apiVersion'] === 'v1' && document['kind'] === 'Secret' && named;
}

function mappingIn(parent: Mapping, key: string): Mapping {
  const child = parent[key];
  return isMapping(child) ? child : {};
}

function textsOf(mapping: Mapping): Ciphertexts {
  const texts = Object.entries(mapping).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(texts);
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
