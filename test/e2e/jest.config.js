const unit = require('../../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...unit,
  rootDir: '../..',
  roots: ['<rootDir>/test/e2e'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 300_000,
  // Which files run beside each other, test/gate says.
  maxWorkers: 1,
  verbose: true,
  reporters: ['default', '<rootDir>/test/e2e/support/not-run.js'],
  globalSetup: '<rootDir>/test/e2e/support/setup.ts',
  globalTeardown: '<rootDir>/test/e2e/support/teardown.ts',
};
