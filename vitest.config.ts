import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    // Tests start and kill servers and bundle workflows, on machines that have other work to do.
    testTimeout: 60_000,
    hookTimeout: 180_000,
    teardownTimeout: 60_000,
    // A process per file: what a test does to its process (signals, open connections) stays in it.
    pool: 'forks',
    maxWorkers: 2,
    // `npm run check` runs one test that needs no server.
    globalSetup: process.env['SHIGEYI_TEST_SERVERS'] === 'none' ? [] : ['test/global-setup.ts'],
  },
});
