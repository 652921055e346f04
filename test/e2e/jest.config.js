const alone = require('./support/alone');

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testTimeout: 300_000,
  // Most of the time is spent waiting; each file has names and ports of its own.
  maxWorkers: 2,
  // They have a run of their own: alone.config.js.
  testPathIgnorePatterns: ['/node_modules/', ...alone],
  verbose: true,
  reporters: ['./support/failing.js', 'default', './support/not-run.js'],
  globalSetup: './support/setup.ts',
  globalTeardown: './support/teardown.ts',
  moduleNameMapper: {
    '^catamaran$': '<rootDir>/../../constructs/index.ts',
    '^catamaran/kubernetes$': '<rootDir>/../../charts/index.ts',
    '^catamaran/docker$': '<rootDir>/../../docker/index.ts',
  },
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }] },
};
