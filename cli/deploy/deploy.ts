import { join, resolve } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { withPlaces } from '../../constructs/compile/places';
import { environmentPath, deployedName } from '../../constructs/model/path';
import type { Application } from '../../constructs/components/application';
import type { SecretSource } from '../../constructs/environment/secret-source';
import { formatIssue, IssuesError } from '../../constructs/issue';
import type { ApplicationModel } from '../../constructs/model/workload';
import { conflicts } from '../../constructs/pipeline/conflicts';
import { planApplication, targetFor, type Planned } from '../../constructs/pipeline/plan';
import type { SecretValues } from '../../constructs/target/deployment';
import type { Runner } from '../../constructs/target/runner';
import type { Target } from '../../constructs/target/target';
import { createApplications, loadStacks } from '../project/load';
import { claimantsOf, unseenText } from '../project/others';
import { readPins } from '../project/lock';
import { registriesWithCredentials } from '../project/registry/credentials';
import { readEnvFile, secretValueIssues, type Values } from '../project/secret-values';
import { decrypt } from '../project/sops';
import type { PulumiCommand } from './pulumi-command';
import { RandomText } from './random';

/** What a deployment needs besides the project. */
export interface Surroundings {
  readonly command: PulumiCommand;
  readonly run: Runner;
  readonly targets: readonly Target[];
}

/**
 * The Pulumi program: deploys the application and environment that the Pulumi stack is named after.
 * @param project the folder of Pulumi.yaml
 * @throws IssuesError with all mistakes; then nothing is registered
 */
export async function deploy(stack: string, project: string, surroundings: Surroundings): Promise<void> {
  process.chdir(project);
  const applications = createApplications(loadStacks(project));
  const application = applicationOf(stack, applications);
  const others = applications.filter((one) => one !== application);
  await withPlaces([application], () => deployApplication(application, others, project, surroundings));
}

async function deployApplication(
  application: Application,
  others: readonly Application[],
  project: string,
  surroundings: Surroundings,
): Promise<void> {
  const { name, environment } = application;
  const path = environmentPath(name, environment.name);
  const refused = targetFor(application, surroundings.targets).deployIssues(path, environment);
  if (refused.length > 0) throw new IssuesError(refused);
  const planned = planApplication(application, surroundings.targets, readPins(project));
  if (surroundings.command === 'up') refuseConflicts(planned, others, surroundings.targets);
  for (const issue of application.warnings) void pulumi.log.warn(formatIssue(issue));
  for (const { field, workloads, note } of planned.notes)
    void pulumi.log.info(`${field} (${workloads.join(', ')}): ${note}`);
  await applyPlan(planned, surroundings);
}

/** @throws IssuesError if the application would use what another one, or another environment of it, has already */
function refuseConflicts(planned: Planned, others: readonly Application[], targets: readonly Target[]): void {
  const { claimants, unseen } = claimantsOf(others, targets);
  const clashes = conflicts([planned], claimants);
  if (clashes.length > 0) throw new IssuesError(clashes);
  if (unseen.length > 0) void pulumi.log.warn(unseenText(unseen));
}

function applicationOf(stack: string, applications: readonly Application[]): Application {
  const named = ({ name, environment }: Application) => deployedName(name, environment.name);
  const found = applications.find((one) => named(one) === stack);
  if (found) return found;
  const write = `one of ${applications.map(named).join(', ')}`;
  throw new IssuesError([{ path: 'pulumi', field: 'stack', got: stack, write }]);
}

async function applyPlan(planned: Planned, { command, run }: Surroundings): Promise<void> {
  const { application, environment, target, model, plan } = planned;
  const values = await secretValues(planned, command, run);
  const changes = command !== 'refresh' && !pulumi.runtime.isDryRun();
  await target.apply(plan, {
    application: model.name,
    environment,
    folder: resolve(application.folder),
    command,
    changes,
    waits: command === 'up' && changes,
    values,
    registriesOf: (images) => registriesWithCredentials(images, run),
    run,
  });
}

/** The values of all secrets. They are read before anything is deployed, so that a missing one stops the update early. */
async function secretValues(
  { application, environment, model }: Planned,
  command: PulumiCommand,
  run: Runner,
): Promise<SecretValues> {
  const source = environment.secrets;
  const random = source.kind === 'generated' ? model.randomSecrets : [];
  const others = source.kind === 'generated' ? source.others : source;
  if (!isReadable(others)) return { kind: 'elsewhere' };
  const secrets = model.secrets.filter((name) => !random.includes(name));
  // A destroy and a refresh need no values, and the file with the values may not exist any more.
  const values =
    command === 'up'
      ? await checkedValues(application, { ...model, secrets }, others, run)
      : Object.fromEntries(secrets.map((name) => [name, '']));
  const made = new Map(random.map((name) => [name, new RandomText(name).value]));
  return {
    kind: 'known',
    secret: (name) =>
      made.get(name) ?? pulumi.secret(valueOf(values[name], model.secretDefaults[name]) ?? unavailable(name)),
    key: model.secrets.length > 0 ? new RandomText('secrets-key').value : pulumi.output(''),
  };
}

/** A source whose values this program can read. */
type ReadableSource = Extract<
  SecretSource,
  { readonly kind: 'none' | 'env-file' | 'pulumi-config' | 'sops' }
>;

function isReadable(source: SecretSource): source is ReadableSource {
  return ['none', 'env-file', 'pulumi-config', 'sops'].includes(source.kind);
}

async function checkedValues(
  application: Application,
  model: ApplicationModel,
  source: ReadableSource,
  run: Runner,
): Promise<Values> {
  const values = await valuesIn(application, model, source, run);
  const issues = secretValueIssues(application, model, values);
  if (issues.length > 0) throw new IssuesError(issues);
  return values;
}

async function valuesIn(
  { name, environment, folder }: Application,
  { secrets, encrypted }: ApplicationModel,
  source: ReadableSource,
  run: Runner,
): Promise<Values> {
  switch (source.kind) {
    case 'none':
      return {};
    case 'env-file':
      return readEnvFile(join(folder, source.file));
    case 'pulumi-config':
      return Object.fromEntries(secrets.map((one) => [one, pulumi.runtime.getConfig(`secrets:${one}`)]));
    case 'sops':
      return decrypt(environmentPath(name, environment.name), join(folder, source.file), encrypted, run);
  }
}

/** The value of a secret, or else the default of an optional one: an empty value means the default. */
function valueOf(value: string | undefined, otherwise: string | undefined): string | undefined {
  return value === undefined || value === '' ? (otherwise ?? value) : value;
}

function unavailable(name: string): never {
  throw new Error(`The value of secret ${name} was not read`);
}
