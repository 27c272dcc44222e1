import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** What runs or reads the built program: the build comes first. */
const ofProgram = [
  'test/cli/**/*.test.ts',
  'test/commands/*/cli*.test.ts',
  'test/packaging/*.test.ts',
  'test/page/{browser,page,report-file}.test.ts',
  'test/{examples,guides,readme,gallery,compatibility,doors,fuzz}.test.ts',
  'test/{runs/kill-during-save,disk/lock-race}.test.ts',
  'test/commands/{channels,report,summary}/*.test.ts',
  'test/commands/train/repair.test.ts',
];
/** What trains, compares gradients over ranges, or runs the linter over the tree: minutes. */
const slow = [
  'test/{architecture,dead-code}.test.ts',
  'test/{commands,engines,training}/**/*.test.ts',
  'test/backend/wasm/*.test.ts',
  'test/dataset/{stream/many-images,examine/similar-hashes}.test.ts',
];
/** all others: `npm run test:quick` */
const quick = ['test/**/*.test.ts'];

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'quick', include: quick, exclude: [...slow, ...ofProgram] } },
      { extends: true, test: { name: 'slow', include: slow, exclude: ofProgram } },
      { extends: true, test: { name: 'program', include: ofProgram, globalSetup: ['test/global-setup.ts'] } },
    ],
    pool: 'forks',
    // of two cores it would use one by default
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // .ci/run names what needed its second try
    retry: process.env.CI ? 1 : 0,
    // .ci/run counts tests from this file
    reporters: process.env.TEST_REPORT ? ['default', ['json', { outputFile: process.env.TEST_REPORT }]] : ['default'],
  },
});
