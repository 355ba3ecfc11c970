/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/engine/**/*.engine.ts'],
  globalSetup: '<rootDir>/test/engine/set-up.ts',
  globalTeardown: '<rootDir>/test/engine/tear-down.ts',
  testTimeout: 300000,
  // A scenario that runs out of its time leaves a load and a Terraform behind, and the run would wait for them for ever.
  forceExit: true,
};
