/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  transform: { '^.+\\.ts$': 'ts-jest' },
  moduleNameMapper: { '^cdktf-wsgi$': '<rootDir>/lib/index.ts' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/cdktf.out/'],
  setupFiles: ['<rootDir>/test/seed.ts'],
  ci: true,
  // Most of the long tests wait for a server.
  maxWorkers: '100%',
  testTimeout: 60000,
};
