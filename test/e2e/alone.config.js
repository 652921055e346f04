const config = require('./jest.config');
const alone = require('./support/alone');

/**
 * Tests that no other may run beside.
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  maxWorkers: 1,
  testRegex: alone.map((path) => `${path}.*\\.test\\.ts$`),
  testPathIgnorePatterns: ['/node_modules/'],
};
