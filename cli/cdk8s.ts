import { ManifestApp } from '../charts/cdk8s';
import { createApplications, loadStacks } from './project/load';
import { fail } from './failure';
import { readPins } from './project/lock';
import { planApplication } from './plan';

// The program of `cdk8s synth`: every application in every Kubernetes environment.
try {
  const app = new ManifestApp();
  const pins = readPins(process.cwd());
  const applications = createApplications(loadStacks(process.cwd()));
  for (const application of applications.filter(({ environment }) => environment.target === 'kubernetes')) {
    const { plan } = planApplication(application, pins);
    if (plan.target === 'kubernetes') app.add(application.name, application.environment.name, plan);
  }
  app.synth();
} catch (error) {
  fail(error, true);
}
