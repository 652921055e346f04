import { inClusters, ManifestApp } from '../charts/cdk8s';
import { kubernetesTarget } from '../charts/target';
import { planWith } from '../constructs/pipeline/plan';
import { fail } from './failure';
import { readPins } from './project/lock';
import { forEachApplication, select } from './project/select';

// The program of `cdk8s synth`: writes every application in every environment on Kubernetes.
const project = process.cwd();
try {
  const app = new ManifestApp();
  const pins = readPins(project);
  const selected = select(project, { application: undefined, environment: undefined });
  const applications = inClusters(selected.applications);
  const plans = forEachApplication({ ...selected, applications }, (application) =>
    planWith(kubernetesTarget, application, pins),
  );
  for (const { application, environment, plan } of plans) app.add(application.name, environment.name, plan);
  app.synth();
} catch (error) {
  fail(error, project, true);
}
