import assert from 'node:assert/strict';
import { test } from '@jest/globals';
import { planOf } from 'catamaran/testing';
import stack from '../stacks/starter';

/** The components of starter that can be reached from outside. */
function published(environment: 'dev' | 'production'): string[] {
  const { plan } = planOf(stack, environment);
  if (plan.target === 'docker')
    return plan.containers.filter(({ publish }) => publish.length > 0).map(({ name }) => name);
  const balanced = plan.groups.filter(({ objects }) =>
    objects.some((object) => object.kind === 'Service' && object.spec?.type === 'LoadBalancer'),
  );
  return balanced.map(({ name }) => name);
}

test('visitors of starter reach the proxy and nothing else', () => {
  assert.deepEqual(published('dev'), ['proxy']);
  assert.deepEqual(published('production'), ['proxy']);
});
