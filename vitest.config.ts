import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { defineConfig, type Plugin } from 'vitest/config';

/** What runs or reads the built program: the build comes first. */
const ofProgram = [
  'test/cli/**/*.test.ts',
  'test/commands/*/cli*.test.ts',
  'test/packaging/*.test.ts',
  'test/page/**/{*browser,in-firefox,page,report-file}.test.ts',
  'test/live/{live-page,live-training,serve-run}.test.ts',
  'test/{examples,guides,readme,gallery,compatibility,doors,fuzz}.test.ts',
  'test/{runs/kill-during-save,disk/lock-race}.test.ts',
  'test/commands/{channels,report,summary}/*.test.ts',
  'test/commands/train/{live,repair}.test.ts',
];
/** What trains, compares gradients over ranges, or runs the linter over the tree: minutes. */
const slow = [
  'test/{architecture,dead-code}.test.ts',
  'test/{commands,engines,training}/**/*.test.ts',
  'test/backend/{wasm,webgpu}/*.test.ts',
  'test/dataset/{stream/many-images,examine/similar-hashes}.test.ts',
];
/** all others: `npm run test:quick` */
const quick = ['test/**/*.test.ts'];

/** Tests run the sources; a thread can only start with JavaScript: what one is made of is bundled. */
const threads: Plugin = {
  name: 'threads',
  enforce: 'pre',
  async transform(code, id) {
    const [found, name] = /new URL\('\.\/([\w-]+-thread)\.js', import\.meta\.url\)/.exec(code) ?? [];
    if (found === undefined) return undefined;
    const entryPoints = [join(id, '..', `${name}.ts`)];
    const bundled = await build({
      entryPoints,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      write: false,
    });
    // As deep in the tree as the built ones, so that it finds its packages and data; in one move, since another run may be
    // using it.
    const path = join(import.meta.dirname, 'node_modules/.cnnviz-tests', `${name}.mjs`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.${process.pid}`, bundled.outputFiles[0]?.contents ?? '');
    renameSync(`${path}.${process.pid}`, path);
    return code.replace(found, `new URL('${pathToFileURL(path)}')`);
  },
};

export default defineConfig({
  plugins: [threads],
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
