import { join, relative } from 'node:path';
import type { Application } from '../../constructs/components/application';
import { compile } from '../../constructs/compile/compile';
import { withPlace } from '../../constructs/compile/places';
import type { Issue } from '../../constructs/issue';
import { environmentPath, deployedName } from '../../constructs/model/path';
import { buildSecrets, ciphertextsOf, fileSecrets, variableSecrets } from '../../constructs/model/secret';
import type { ApplicationModel, Workload } from '../../constructs/model/workload';
import { envFileOf } from '../../constructs/environment/secret-source';
import type { EnvFile } from '../../constructs/model/env-file';
import { createApplications, loadStacks } from '../project/load';
import { defineCommand } from '../command';
import { oneApplication, oneEnvironment } from '../command-words';
import { buildSecretPlace, sourceForBuilds } from '../project/build-secrets';
import { certificateIssues, certificateSecrets } from '../project/certificates';
import { parseEnvFile } from '../../constructs/model/env-file';
import { readText } from '../project/files';
import { lineIn } from '../project/place';
import { targetFor } from '../../constructs/pipeline/plan';
import type { Target } from '../../constructs/target/target';
import { generate } from '../project/secret-generate';
import { secretManifest } from '../project/secret-manifest';
import { openEnvFile, sourcePlace, secretValueIssues, sourceOf } from '../project/secret-values';
import { green, grey, yellow } from '../style';

/** What is known about a secret on this machine. */
type State =
  | 'present'
  | 'generated'
  | 'optional'
  | 'missing'
  | 'unsafe in a URL'
  | 'invalid'
  | 'unknown'
  | 'made by pulumi up';

/** Lists the secrets of an application in an environment. `--init` generates the missing ones that may be any random text. */
export const secrets = defineCommand({
  name: 'secrets',
  summary: 'List the secrets that an application needs, and which are missing',
  arguments: { application: oneApplication },
  options: {
    environment: oneEnvironment,
    init: {
      summary: 'generate the missing secrets that may be random, and write them into the file of envFile()',
    },
    manifest: {
      summary: 'print only the Kubernetes Secret with the values of the file of envFile(), for kubectl apply',
    },
  },
  examples: ['catamaran secrets shop --environment dev', 'catamaran secrets shop --environment dev --init'],
  writes: ({ init }) => init,
  run({ application: name, environment, init, manifest }, { project, targets }) {
    for (const application of createApplications(loadStacks(project, name), environment)) {
      const target = targetFor(application, targets);
      const model = compile(application, target);
      const made = init ? generate(application, model) : [];
      if (manifest) console.log(secretManifest(application, target, model));
      else list({ application, target, model, made, file: fileOf(application), project });
    }
  },
});

/** What the list of secrets is made from. */
interface Listed {
  readonly application: Application;
  readonly target: Target;
  readonly model: ApplicationModel;
  /** The names of the secrets that have just been generated. */
  readonly made: readonly string[];
  readonly file: SecretsFile;
  readonly project: string;
}

/** The file of envFile(). It is read when it is first needed, and once. */
type SecretsFile = () => EnvFile;

function fileOf({ environment, folder }: Application): SecretsFile {
  let read: EnvFile | undefined;
  const file = envFileOf(environment.secrets);
  return () => (read ??= file === undefined ? parseEnvFile('') : openEnvFile(join(folder, file)));
}

function list(listed: Listed): void {
  const { application, target, model, made, file, project } = listed;
  const states = new Map(
    model.secrets.map((name): [string, State] => [
      name,
      made.includes(name) ? 'generated' : stateOf(name, listed),
    ]),
  );
  const folder = relative(project, application.folder);
  const { environment } = application;
  const rows = model.secrets.map((name) => [
    name,
    states.get(name) ?? 'unknown',
    usersOf(name, listed),
    sourcePlace(sourceOf(name, environment.secrets, model), name, application, folder),
  ]);
  for (const line of table([['secret', 'state', 'read by', 'from'], ...rows, ...buildRows(listed, folder)]))
    console.log(line);
  const missing = model.secrets.filter((name) => states.get(name) === 'missing');
  const random = missing.filter((name) => model.randomSecrets.includes(name));
  const supplied = missing.filter((name) => !random.includes(name));
  const way = environment.secrets.kind === 'env-file' ? '--init' : 'openssl rand -hex 24';
  if (random.length > 0) console.log(`To generate, with ${way}: ${random.join(', ')}`);
  if (supplied.length > 0) console.log(`To supply, because they cannot be generated: ${supplied.join(', ')}`);
  const inVariables = model.workloads.some((workload) => variableSecrets(workload.variables).length > 0);
  if (inVariables) console.log(grey(target.secrets.visibility));
  if (rows.length > 0) {
    const isPlain = environment.secrets.kind !== 'env-file' || isPlainFor(model, file());
    const about = { name: application.name, environmentName: environment.name, folder, isPlain };
    for (const line of target.secrets.steps(about, environment)) console.log(grey(line));
  }
  const wrong = certificateProblems(listed).map(withPlace(application));
  for (const line of wrong.map(lineIn(project))) console.log(line);
  if ([...states.values()].some((state) => ['missing', 'unsafe in a URL', 'invalid'].includes(state)))
    process.exitCode = 1;
}

/** Whether kubectl can make the Secret of a file. It would write an empty value, which is not the default there. */
function isPlainFor({ secretDefaults }: ApplicationModel, { isPlain, empty }: EnvFile): boolean {
  return isPlain && !Object.keys(secretDefaults).some((name) => Object.hasOwn(empty, name));
}

/** Finds mistakes in certificates, if their values are in a file on this machine. */
function certificateProblems({ application, model, file }: Listed): Issue[] {
  const { name, environment } = application;
  if (envFileOf(environment.secrets) === undefined || certificateSecrets(model).length === 0) return [];
  return certificateIssues(environmentPath(name, environment.name), model, file().values, new Date());
}

/** Lines with columns of equal width. The state has a colour. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row, index) => {
    const cells = row.map((text, column) =>
      column === row.length - 1 ? text : text.padEnd(widths[column] ?? 0),
    );
    if (index === 0) return grey(cells.join('  '));
    const good = ['present', 'generated', 'optional'].includes(row[1] ?? '');
    return cells.map((cell, column) => (column === 1 ? (good ? green : yellow)(cell) : cell)).join('  ');
  });
}

/** The workloads that read a secret, and whether from a variable or from a file. */
function usersOf(secret: string, { model, target, application: { environment } }: Listed): string {
  const users = model.workloads.flatMap((workload) => {
    const ways = waysOf(secret, workload);
    const name = target.secrets.restartName(workload, model, environment);
    return ways.length > 0 ? [`${name} (${ways.join(' and ')})`] : [];
  });
  return users.join(' ');
}

/** The secrets that builds read, each once for all of them. No running component needs them. */
function buildRows({ application: { environment }, model, file }: Listed, folder: string): string[][] {
  const images = model.workloads.map(({ name, image }) => ({ name, image }));
  return buildSecrets(images.map(({ image }) => image)).map((secret) => {
    const readers = images.flatMap(({ name, image }) =>
      image.kind === 'build' && Object.values(image.secrets).includes(secret) ? [`${name} (build)`] : [],
    );
    const { kind } = sourceForBuilds(environment.secrets);
    const isPresent = Boolean(process.env[secret]) || (kind === 'env-file' && Boolean(file().values[secret]));
    const state = isPresent ? 'present' : kind === 'sops' ? 'unknown' : 'missing';
    return [secret, state, readers.join(' '), buildSecretPlace(environment.secrets, secret, folder)];
  });
}

function waysOf(secret: string, { variables, secretFiles, addedSecrets }: Workload): string[] {
  return [
    ...(variableSecrets(variables).includes(secret) ? ['variable'] : []),
    ...(fileSecrets([...secretFiles, ...addedSecrets]).includes(secret) ? ['file'] : []),
  ];
}

function stateOf(name: string, { application, model, file, project }: Listed): State {
  const source = sourceOf(name, application.environment.secrets, model);
  switch (source.kind) {
    case 'env-file': {
      const { values } = file();
      if (values[name] === undefined) return absent(name, model);
      const issues = secretValueIssues(application, model, values);
      if (!issues.some(({ field }) => field === `secret ${name}`)) return 'present';
      return certificateSecrets(model).includes(name) ? 'invalid' : 'unsafe in a URL';
    }
    case 'sealed-secrets':
    case 'sops':
      return ciphertextsOf(model.encrypted)[name] === undefined ? absent(name, model) : 'present';
    case 'pulumi-config':
      return configured(
        name,
        absent(name, model),
        join(project, `Pulumi.${deployedName(application.name, application.environment.name)}.yaml`),
      );
    case 'generated':
      return 'made by pulumi up';
    case 'none':
    case 'existing-secret':
    case 'external-secrets':
      return Object.hasOwn(model.secretDefaults, name) ? 'optional' : 'unknown';
  }
}

/** The state of a secret without a value: an optional one is not missing. */
function absent(name: string, { secretDefaults }: ApplicationModel): State {
  return Object.hasOwn(secretDefaults, name) ? 'optional' : 'missing';
}

// Without a settings file of the stack, nothing is known: the file may be on another machine.
function configured(name: string, without: State, file: string): State {
  const text = readText(file);
  if (text === undefined) return 'unknown';
  const { parse } = require('yaml') as typeof import('yaml');
  const settings = parse(text) as { readonly config?: object } | null;
  return `secrets:${name}` in (settings?.config ?? {}) ? 'present' : without;
}
