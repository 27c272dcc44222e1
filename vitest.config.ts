import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    pool: 'forks',
    // of two cores it would use one by default
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // a busy machine takes longer than the second that is the default
    expect: { poll: { timeout: 50_000 } },
    // .ci/run names what needed its second try
    retry: process.env.CI ? 1 : 0,
    // .ci/run counts tests from this file
    reporters: process.env.TEST_REPORT ? ['default', ['json', { outputFile: process.env.TEST_REPORT }]] : ['default'],
  },
});
