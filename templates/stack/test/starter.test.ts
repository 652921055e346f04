import assert from 'node:assert/strict';
import { test } from '@jest/globals';
import { planOf } from 'catamaran/testing';
import stack from '../stacks/starter';

test('visitors of starter reach the proxy and nothing else', () => {
  const dev = planOf(stack, 'dev').summary;
  assert.deepEqual(dev.published, ['proxy: 8080 on the host']);
  const production = planOf(stack, 'production').summary;
  assert.deepEqual(production.published, ['proxy: 8080 on a load balancer']);
});
