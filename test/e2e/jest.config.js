/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testTimeout: 300_000,
  // Which files run beside each other, test/gate says.
  maxWorkers: 1,
  verbose: true,
  reporters: ['default', './support/not-run.js'],
  globalSetup: './support/setup.ts',
  globalTeardown: './support/teardown.ts',
  moduleNameMapper: {
    '^catamaran$': '<rootDir>/../../constructs/index.ts',
    '^catamaran/kubernetes$': '<rootDir>/../../charts/index.ts',
    '^catamaran/docker$': '<rootDir>/../../docker/index.ts',
  },
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
    '\\.(sh|py)$': '<rootDir>/../support/text-transform.js',
  },
};
