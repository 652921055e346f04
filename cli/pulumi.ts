import { join, resolve } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import type { Application } from '../constructs/application';
import { IssuesError } from '../constructs/issue';
import { createApplications, loadStacks } from './load';
import { planApplication, type Planned } from './plan';
import { readEnvFile, secretIssues } from './secrets';

/**
 * The Pulumi program: deploys the application and environment that the stack is named after.
 * @param project the folder of Pulumi.yaml
 */
export function deploy(stack: string, project: string): void {
  process.chdir(project);
  const applications = createApplications(loadStacks(project));
  const named = (application: Application) => `${application.name}-${application.environment.name}`;
  const application = applications.find((one) => named(one) === stack);
  if (!application)
    throw new IssuesError([
      { path: 'pulumi', field: 'stack', got: stack, write: `one of ${applications.map(named).join(', ')}` },
    ]);
  const planned = planApplication(application);
  for (const { field, workloads, note } of planned.notes)
    void pulumi.log.info(`${field} (${workloads.join(', ')}): ${note}`);
  applyPlan(planned);
}

function applyPlan(planned: Planned): void {
  const { application, plan } = planned;
  const { environment } = application;
  const secret = secretValues(planned);
  // The other target's provider is never loaded.
  if (plan.target === 'docker' && environment.target === 'docker') {
    const { applyDocker } = require('../docker/apply') as typeof import('../docker/apply');
    const { host, data } = environment;
    applyDocker(plan, { host, data, folder: resolve(application.folder), secret });
  } else if (plan.target === 'kubernetes' && environment.target === 'kubernetes') {
    const { applyKubernetes } = require('../charts/apply') as typeof import('../charts/apply');
    applyKubernetes(plan, { place: environment, secret });
  }
}

/** Finds every secret before anything is deployed. */
function secretValues({ application, model }: Planned): (name: string) => pulumi.Output<string> {
  const source = application.environment.secrets;
  if (source.kind === 'existing-secret' || source.kind === 'none') return unavailable;
  const given =
    source.kind === 'env-file'
      ? readEnvFile(join(application.folder, source.file))
      : configured(model.secrets);
  const issues = secretIssues(application, model, given);
  if (issues.length > 0) throw new IssuesError(issues);
  return (name) => pulumi.secret(given[name] ?? unavailable(name));
}

function configured(names: readonly string[]): Record<string, string | undefined> {
  return Object.fromEntries(names.map((name) => [name, pulumi.runtime.getConfig(`secrets:${name}`)]));
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
