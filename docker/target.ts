import type { DockerSpec } from '../constructs/environment/docker';
import { environmentPath } from '../constructs/model/path';
import type { Target } from '../constructs/target/target';
import { engineClaims } from './claims';
import { composeFiles, composePrograms } from './compose/compose';
import { dockerContents } from './contents';
import { beyondLimits } from './limits';
import { dockerProxy } from './lower/proxy';
import { dockerTable } from './lower/table';
import { overrideDocker } from './override';
import { planDocker, type DockerPlan } from './plan';
import { dockerPolicies } from './policy';
import { dockerSecrets } from './secrets';
import { serviceFaults } from './services';
import { addedSecretIssues } from './validation/added-secrets';
import { hostIssues, serviceIssues } from './validation/host';
import { scheduleIssues } from './validation/shell';

/** A Docker engine on one host: containers, networks and volumes, created by compose or by Pulumi. */
export const dockerTarget: Target<DockerSpec, DockerPlan> = {
  name: 'docker',
  title: 'Docker',
  table: dockerTable,
  policies: dockerPolicies,
  contents: dockerContents,
  secrets: dockerSecrets,
  proxy: () => dockerProxy,
  secretObject: () => undefined,
  validate: (model, { name, host }) => [
    ...hostIssues(environmentPath(model.name, name), host, model),
    ...scheduleIssues(model),
    ...addedSecretIssues(model),
  ],
  claims: engineClaims,
  plan: planDocker,
  override: overrideDocker,
  limits: (plan) => [...beyondLimits(plan), ...serviceFaults(plan)],
  files: (plan, { sources, heading }) => composeFiles(plan, sources, heading),
  programs: composePrograms,
  updates: (before, after, folder) => {
    const { compareUpdates } = require('./updates') as typeof import('./updates');
    return compareUpdates(before, after, folder);
  },
  deployIssues: (path, { services }) => serviceIssues(path, services),
  apply: (plan, deployment) => {
    const { applyDocker } = require('./apply/apply') as typeof import('./apply/apply');
    return applyDocker(plan, deployment);
  },
  runNow: (plan, environment, job, run) => {
    const { runInContainer } = require('./apply/run-now') as typeof import('./apply/run-now');
    return runInContainer(plan, environment, job, run);
  },
};
