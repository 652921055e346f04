/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testTimeout: 300_000,
  maxWorkers: 1,
  verbose: true,
  reporters: ['default', './support/not-run.js'],
  globalSetup: './support/setup.ts',
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }] },
};
