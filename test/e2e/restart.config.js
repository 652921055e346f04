const config = require('./jest.config');

/**
 * Tests that restart the engine and the kubelet, one after the other and when no other test runs.
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  maxWorkers: 1,
  testMatch: ['**/restart/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
