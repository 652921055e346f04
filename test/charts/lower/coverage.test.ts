import { leftOutOfContainers, leftOutOfPods } from '../../../charts/lower/coverage';
import { podsIn } from '../../../charts/pods';
import { inClusters } from '../../../charts/cdk8s';
import { kubernetesTarget } from '../../../charts/target';
import { planWith } from '../../../constructs/pipeline/plan';
import { present } from '../../support/application';
import { deployments } from '../../support/stacks';

// The compiler proves that no key is forgotten; this, that none of those that are said to be left out is rendered.

const applications = deployments.map(({ stack, environment }) =>
  stack.create(present(stack.environments[environment])),
);
const pods = inClusters(applications).flatMap((application) =>
  podsIn(planWith(kubernetesTarget, application, new Map()).plan),
);

test('no pod of a stack has a key that is left out', () => {
  const keys = new Set(pods.flatMap(({ spec }) => Object.keys(spec)));
  expect([...keys].filter((key) => key in leftOutOfPods)).toEqual([]);
  expect(keys.size).toBeGreaterThan(10);
});

test('no container of a stack has a key that is left out', () => {
  const containers = pods.flatMap(({ spec }) => [...(spec.initContainers ?? []), ...spec.containers]);
  const keys = new Set(containers.flatMap((container) => Object.keys(container)));
  expect([...keys].filter((key) => key in leftOutOfContainers)).toEqual([]);
  expect(keys.size).toBeGreaterThan(10);
});
