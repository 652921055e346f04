const config = require('./jest.config');

/**
 * Tests that no other may run beside: those that restart the engine and the kubelet, and those of faults on a
 * cluster, whose one node has no room for others.
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  maxWorkers: 1,
  testMatch: ['**/restart/*.test.ts', '**/faults/kubernetes.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
