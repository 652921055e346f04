const config = require('./jest.config');

/**
 * Tests that restart the engine and the kubelet, and those of faults on a cluster, one after the other and when no
 * other test runs. CI does not run them.
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  maxWorkers: 1,
  testMatch: ['**/restart/*.test.ts', '**/faults/kubernetes.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
