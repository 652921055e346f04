/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Machines that run other things as well are slow now and then.
  testTimeout: 60_000,
  // By itself, Jest leaves one processor free, which is half of a machine with two.
  maxWorkers: '100%',
  // Pulumi's mocks keep what they made until the process ends.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  roots: ['<rootDir>/test'],
  testPathIgnorePatterns: ['/node_modules/', '/test/e2e/'],
  moduleNameMapper: {
    '^catamaran$': '<rootDir>/constructs/index.ts',
    '^catamaran/kubernetes$': '<rootDir>/charts/index.ts',
    '^catamaran/docker$': '<rootDir>/docker/index.ts',
    '^catamaran/testing$': '<rootDir>/cli/testing.ts',
  },
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
    '\\.(sh|py)$': '<rootDir>/test/support/text-transform.js',
  },
};
