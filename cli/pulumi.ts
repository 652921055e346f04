import { join, resolve } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import type { Application } from '../constructs/components/application';
import { IssuesError, type Issue } from '../constructs/issue';
import type { ApplicationModel } from '../constructs/model/workload';
import type { SecretSource } from '../constructs/environment/secret-source';
import { leftovers } from '../docker/apply/leftovers';
import { createApplications, loadStacks } from './project/load';
import { kubectlAt } from '../charts/apply/kubectl';
import { withoutHandEdits } from '../charts/apply/without-hand-edits';
import { commandsAt } from '../docker/apply/commands';
import type { DockerPlan } from '../docker/plan';
import { readPins } from './project/lock';
import { planApplication, type Planned } from './plan';
import { RandomText } from './deploy/random';
import { credentialsFor } from './project/registry/credentials';
import { hub, parseName } from './project/registry/name';
import { pulumiCommand, type PulumiCommand } from './deploy/pulumi-command';
import { readEnvFile, secretValueIssues } from './project/secret-values';
import { decrypt } from './project/sops';

/** What a deployment runs in, and the programs that it runs besides Pulumi's providers. */
export interface Surroundings {
  readonly command: PulumiCommand;
  readonly commandsAt: typeof commandsAt;
  readonly kubectlAt: typeof kubectlAt;
}

/**
 * The Pulumi program: deploys the application and environment that the stack is named after.
 * @param project the folder of Pulumi.yaml
 */
export function deploy(
  stack: string,
  project: string,
  surroundings: Surroundings = { command: pulumiCommand(), commandsAt, kubectlAt },
): void {
  process.chdir(project);
  const applications = createApplications(loadStacks(project));
  const named = (application: Application) => `${application.name}-${application.environment.name}`;
  const application = applications.find((one) => named(one) === stack);
  if (!application)
    throw new IssuesError([
      { path: 'pulumi', field: 'stack', got: stack, write: `one of ${applications.map(named).join(', ')}` },
    ]);
  const owned = controllerIssues(application);
  if (owned.length > 0) throw new IssuesError(owned);
  const planned = planApplication(application, readPins(project));
  for (const { field, workloads, note } of planned.notes)
    void pulumi.log.info(`${field} (${workloads.join(', ')}): ${note}`);
  applyPlan(planned, surroundings);
}

// Two owners of the same objects: what Pulumi does, the controller undoes or prunes.
function controllerIssues({ name, environment }: Application): Issue[] {
  if (environment.target !== 'kubernetes' || environment.gitops.kind === 'none') return [];
  const write = 'no gitops in an environment that Pulumi deploys; here, commit what catamaran synth writes';
  return [{ path: `${name} (${environment.name})`, field: 'gitops', got: environment.gitops.kind, write }];
}

function applyPlan(planned: Planned, { command, ...tools }: Surroundings): void {
  const { application, model, plan } = planned;
  const { environment } = application;
  const values = secretValues(planned, command);
  const given = model.secrets.length > 0 && values !== undefined;
  const key = given ? new RandomText('secrets-key').value : pulumi.output('');
  const changes = command !== 'refresh' && !pulumi.runtime.isDryRun();
  const waits = command === 'up' && changes;
  // The other target's provider is never loaded.
  if (plan.target === 'docker' && environment.target === 'docker') {
    const { applyDocker } = require('../docker/apply/apply') as typeof import('../docker/apply/apply');
    const { host, data } = environment;
    applyDocker(plan, {
      host,
      commands: tools.commandsAt(host),
      data,
      folder: resolve(application.folder),
      registries: loggedIn(plan),
      secret: values ?? unavailable,
      key,
      waits,
      clear: leftovers(host, changes ? 'remove' : 'tell'),
    });
  } else if (plan.target === 'kubernetes' && environment.target === 'kubernetes') {
    const { applyKubernetes } = require('../charts/apply/apply') as typeof import('../charts/apply/apply');
    const kubectl = tools.kubectlAt(environment.context, environment.namespace);
    applyKubernetes(plan, {
      place: environment,
      kubectl,
      waits,
      clear: async () => {
        // A destroy takes the objects away, with all that is in them.
        if (command !== 'destroy')
          await withoutHandEdits(model.name, plan, kubectl, changes ? 'take-away' : 'tell');
      },
      values: values ? { kind: 'given', secret: values, key } : { kind: 'elsewhere' },
    });
  }
}

/** The registries of a plan that somebody logged in to on this machine; Docker Hub is asked as anybody. */
function loggedIn({ containers }: DockerPlan): string[] {
  const pulled = containers.filter(({ builds }) => builds.length === 0);
  const registries = new Set(pulled.map(({ image }) => parseName(image).registry));
  return [...registries].filter((one) => one !== hub && credentialsFor(one).kind !== 'none').sort();
}

type SecretValue = (name: string) => pulumi.Output<string>;
type Given = Readonly<Record<string, string | undefined>>;

/** Finds every secret before anything is deployed; nothing where a controller in the cluster brings them. */
function secretValues({ application, model }: Planned, command: PulumiCommand): SecretValue | undefined {
  const source = application.environment.secrets;
  const random = source.kind === 'generated' ? model.randomSecrets : [];
  const others = source.kind === 'generated' ? source.others : source;
  if (!isOwn(others)) return undefined;
  const secrets = model.secrets.filter((name) => !random.includes(name));
  // What is taken away is made of none, and they may be gone by then.
  const given =
    command === 'up'
      ? givenValues(application, { ...model, secrets }, others)
      : Object.fromEntries(secrets.map((name) => [name, '']));
  const made = new Map(random.map((name) => [name, new RandomText(name).value]));
  return (name) => made.get(name) ?? pulumi.secret(given[name] ?? unavailable(name));
}

/** A source whose values are known here. */
type OwnSource = Extract<SecretSource, { readonly kind: 'none' | 'env-file' | 'pulumi-config' | 'sops' }>;

function isOwn(source: SecretSource): source is OwnSource {
  return ['none', 'env-file', 'pulumi-config', 'sops'].includes(source.kind);
}

function givenValues(application: Application, model: ApplicationModel, source: OwnSource): Given {
  const given = valuesIn(application, model, source);
  const issues = secretValueIssues(application, model, given);
  if (issues.length > 0) throw new IssuesError(issues);
  return given;
}

function valuesIn(
  { name, environment, folder }: Application,
  { secrets }: ApplicationModel,
  source: OwnSource,
): Given {
  switch (source.kind) {
    case 'none':
      return {};
    case 'env-file':
      return readEnvFile(join(folder, source.file));
    case 'pulumi-config':
      return Object.fromEntries(secrets.map((one) => [one, pulumi.runtime.getConfig(`secrets:${one}`)]));
    case 'sops':
      return decrypt(`${name} (${environment.name})`, join(folder, source.file), environment.target);
  }
}

function unavailable(name: string): never {
  throw new Error(`secret ${name} has no value here`);
}

// Pulumi runs this file as its program; tests call deploy.
if (process.env['PULUMI_NODEJS_STACK'] !== undefined) {
  try {
    deploy(pulumi.getStack(), pulumi.getRootDirectory());
  } catch (error) {
    throw error instanceof IssuesError ? new pulumi.RunError(error.message) : error;
  }
}
