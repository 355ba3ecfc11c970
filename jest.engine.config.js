/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/engine/**/*.engine.ts'],
  testTimeout: 300000,
};
