import { inClusters, ManifestApp } from '../charts/cdk8s';
import { kubernetesTarget } from '../charts/target';
import { planWith } from '../constructs/pipeline/plan';
import { fail } from './failure';
import { createApplications, loadStacks } from './project/load';
import { readPins } from './project/lock';

// The program of `cdk8s synth`: writes every application in every environment on Kubernetes.
const project = process.cwd();
try {
  const app = new ManifestApp();
  const pins = readPins(project);
  for (const application of inClusters(createApplications(loadStacks(project)))) {
    const { environment, plan } = planWith(kubernetesTarget, application, pins);
    app.add(application.name, environment.name, plan);
  }
  app.synth();
} catch (error) {
  fail(error, project, true);
}
