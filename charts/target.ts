import type { KubernetesSpec } from '../constructs/environment/kubernetes';
import { environmentPath } from '../constructs/model/path';
import type { Target } from '../constructs/target/target';
import { assignedIdIssues } from './assigned-ids';
import { clusterClaims } from './claims';
import { kubernetesContents } from './contents';
import { manifestFiles } from './files';
import { beyondLimits } from './limits';
import { applicationSecret } from './lower/secrets';
import { kubernetesTable } from './lower/table';
import { ownClashes } from './own';
import { overrideKubernetes } from './override';
import { planKubernetes, type KubernetesPlan } from './plan';
import { kubernetesPolicies } from './policy';
import { proxyTableOf } from './proxy/support';
import { kubernetesSecrets } from './secrets';
import { clusterIssues } from './validation/cluster';
import { controllerIssues } from './validation/controller';
import { gitOpsIssues } from './validation/gitops';
import { sharedStorageIssues } from './validation/shared-storage';
import { privateHostIssues } from './validation/private-hosts';

/** A namespace of a Kubernetes cluster: API objects, applied by kubectl, a GitOps controller or Pulumi. */
export const kubernetesTarget: Target<KubernetesSpec, KubernetesPlan> = {
  name: 'kubernetes',
  title: 'Kubernetes',
  table: kubernetesTable,
  policies: kubernetesPolicies,
  contents: kubernetesContents,
  secrets: kubernetesSecrets,
  proxy: ({ proxy }) => proxyTableOf(proxy),
  secretObject: (application, environment) => ({
    name: applicationSecret(application, environment),
    namespace: environment.namespace,
  }),
  validate: (model, environment) => {
    const path = environmentPath(model.name, environment.name);
    return [
      ...clusterIssues(path, environment, model),
      ...gitOpsIssues(path, environment, model),
      ...assignedIdIssues(environment, model),
      ...sharedStorageIssues(model, environment),
      ...privateHostIssues(model),
    ];
  },
  claims: clusterClaims,
  plan: planKubernetes,
  override: overrideKubernetes,
  limits: (plan) => [...beyondLimits(plan), ...ownClashes(plan)],
  files: (plan, { heading }) => manifestFiles(plan, heading),
  programs: () => [],
  updates: (before, after, folder) => {
    const { compareUpdates } = require('./updates/compare') as typeof import('./updates/compare');
    return compareUpdates(before, after, folder);
  },
  deployIssues: (path, { gitops }) => controllerIssues(path, gitops),
  apply: (plan, deployment) => {
    const { applyKubernetes } = require('./apply/apply') as typeof import('./apply/apply');
    applyKubernetes(plan, deployment);
  },
  runNow: (plan, environment, job, run) => {
    const { runAsJob } = require('./apply/run-now') as typeof import('./apply/run-now');
    return runAsJob(plan, environment, job, run);
  },
};
