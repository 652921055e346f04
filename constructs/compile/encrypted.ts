import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Application } from '../components/application';
import { isFile } from '../values/files';
import type { SecretObject, Target } from '../target/target';
import type { Issue } from '../issue';
import { environmentPath } from '../model/path';
import { isMapping, type Mapping } from '../model/data';
import { parseEnvFile } from '../model/env-file';
import { readYaml } from '../model/read-yaml';
import { ciphertextsOf, type Ciphertexts, type Encrypted, type EncryptedSecret } from '../model/secret';
import type { ApplicationModel } from '../model/workload';

/** The encrypted values of a file, or what is wrong with the file. */
interface Read {
  readonly encrypted: Encrypted;
  readonly issues: readonly Issue[];
}

const clusterWide = 'sealedsecrets.bitnami.com/cluster-wide';
const namespaceWide = 'sealedsecrets.bitnami.com/namespace-wide';

/** Reads the encrypted values of an application's environment. A file that does not exist yet counts as empty. */
export function readEncrypted({ name, environment, folder }: Application, target: Target): Read {
  const source = environment.secrets;
  if (source.kind !== 'sealed-secrets' && source.kind !== 'sops') return found({ kind: 'none' });
  const file = join(folder, source.file);
  const issue = (got: unknown, write: string, problem: string): Read => {
    const field = `secrets ${file}`;
    const sentence = `${field} ${problem}: write ${write}`;
    return {
      encrypted: { kind: 'none' },
      issues: [{ path: environmentPath(name, environment.name), field, got, write, sentence }],
    };
  };
  const document = isFile(file) ? parse(file, readFileSync(file, 'utf8')) : {};
  if (document === undefined)
    return issue(undefined, 'YAML, JSON or, for SOPS, NAME=value', 'cannot be read');
  const object = target.secretObject(name, environment);
  if (source.kind === 'sealed-secrets') return sealed(document, object, issue);
  if (object) return encryptedSecret(document, object, issue);
  if (!isEncrypted(document)) return issue(undefined, 'the output of sops --encrypt', 'is not encrypted');
  return found({ kind: 'sops', values: textsOf(document) });
}

/** An issue for each secret of an application that has no value in its file. */
export function missingCiphertexts(
  { name, environment, folder }: Application,
  model: ApplicationModel,
): Issue[] {
  const source = environment.secrets;
  if (source.kind !== 'sealed-secrets' && source.kind !== 'sops') return [];
  const values = ciphertextsOf(model.encrypted);
  const write = `it into ${join(folder, source.file)}; catamaran secrets ${name} --environment ${environment.name} shows how`;
  return model.secrets
    .filter((secret) => values[secret] === undefined && !Object.hasOwn(model.secretDefaults, secret))
    .map((secret) => ({
      path: environmentPath(name, environment.name),
      field: `secret ${secret}`,
      got: undefined,
      write,
    }));
}

function sealed(
  document: Mapping,
  object: SecretObject | undefined,
  issue: (got: unknown, write: string, problem: string) => Read,
): Read {
  const empty = Object.keys(document).length === 0;
  if (!empty && document['kind'] !== 'SealedSecret')
    return issue(document['kind'], 'kind: SealedSecret', 'is not a SealedSecret');
  const metadata = mappingIn(document, 'metadata');
  const annotations = Object.fromEntries(
    Object.entries(textsOf(mappingIn(metadata, 'annotations'))).filter(
      ([key]) => key === clusterWide || key === namespaceWide,
    ),
  );
  const values = textsOf(mappingIn(mappingIn(document, 'spec'), 'encryptedData'));
  const anywhere = empty || annotations[clusterWide] === 'true';
  const bound: readonly ('name' | 'namespace')[] = anywhere
    ? []
    : annotations[namespaceWide] === 'true'
      ? ['namespace']
      : ['name', 'namespace'];
  const problem = misplaced(metadata, bound, object);
  return problem ? issue(...problem) : found({ kind: 'sealed', values, annotations });
}

function encryptedSecret(
  document: Mapping,
  object: SecretObject | undefined,
  issue: (got: unknown, write: string, problem: string) => Read,
): Read {
  if (Object.keys(document).length === 0) return found({ kind: 'sops', values: {} });
  if (!isSecret(document))
    return issue(document['kind'], 'kind: Secret, apiVersion: v1, a name and a namespace', 'is not a Secret');
  if (!isEncrypted(document)) return issue(undefined, 'the output of sops --encrypt', 'is not encrypted');
  const values = { ...textsOf(mappingIn(document, 'data')), ...textsOf(mappingIn(document, 'stringData')) };
  if (Object.values(values).some((value) => !value.startsWith('ENC[')))
    return issue(
      undefined,
      "the output of sops --encrypt --encrypted-regex '^(data|stringData)$'",
      'has values that are not encrypted',
    );
  const problem = misplaced(mappingIn(document, 'metadata'), ['name', 'namespace'], object);
  return problem ? issue(...problem) : found({ kind: 'sops-secret', values, object: document });
}

// The controller can decrypt values only under the name and namespace that they were encrypted for.
function misplaced(
  metadata: Mapping,
  bound: readonly ('name' | 'namespace')[],
  object: SecretObject | undefined,
): [unknown, string, string] | undefined {
  if (!object) return undefined;
  const [wrong] = bound.filter((field) => metadata[field] !== object[field]);
  if (wrong === undefined) return undefined;
  const got = metadata[wrong];
  return [
    got,
    `${wrong}: ${object[wrong]} in its metadata, and encrypt it again`,
    `is encrypted for ${got === undefined ? 'no' : 'the'} ${wrong}${got === undefined ? '' : ` ${JSON.stringify(got)}`}`,
  ];
}

function found(encrypted: Encrypted): Read {
  return { encrypted, issues: [] };
}

function parse(file: string, text: string): Mapping | undefined {
  if (file.endsWith('.env')) {
    const { values, problems } = parseEnvFile(text);
    return problems.length > 0 ? undefined : values;
  }
  return readYaml(text);
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
