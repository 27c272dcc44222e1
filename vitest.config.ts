import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { defineConfig, type Plugin, type UserWorkspaceConfig } from 'vitest/config';

/** What runs or reads the built program: the build comes first. */
const ofProgram = [
  'test/cli/**/*.test.ts',
  'test/commands/*/cli*.test.ts',
  'test/packaging/*.test.ts',
  'test/page/**/{*browser,in-firefox,page,report-file}.test.ts',
  'test/live/{film-images,live-page,live-training,serve-run}.test.ts',
  'test/{cluster-examples,compatibility,doors,examples,fuzz,gallery,guides,readme}.test.ts',
  'test/{runs/kill-during-save,disk/lock-race}.test.ts',
  'test/commands/{channels,report,summary}/*.test.ts',
  'test/commands/train/{live,repair}.test.ts',
];
/** What trains, compares gradients over ranges, or runs the linter over the tree: minutes. */
const slow = [
  'test/{commands,engines}/**/*.test.ts',
  'test/dataset/examine/similar-hashes.test.ts',
  'test/training/{keras-recipe,keras-training,weight-average}.test.ts',
];
/** What is quick although it loads TensorFlow. */
const withTensorFlow = [
  'test/{dream,formats,similarity}/**/*.test.ts',
  'test/dataset/decode/jpeg-batches.test.ts',
  'test/explain/{contributions,early-layers,explain-input,many-runs,torch-maps}.test.ts',
  'test/runs/save-run.test.ts',
];
/**
 * One process runs many files: each leaves it as it was. These have one to themselves: they replace modules, count all tensors,
 * or change the environment, the backends or the working folder.
 */
const quickAlone = [
  'test/*.test.ts',
  'test/{backend,cli,network,packaging}/**/*.test.ts',
  'test/dataset/decode/without-sharp.test.ts',
  'test/dataset/{files/changing-archives,stream/bad-images}.test.ts',
  'test/live/serve-in-thread.test.ts',
  'test/page/client/computation/cells.test.ts',
];
const slowAlone = [
  'test/{architecture,dead-code}.test.ts',
  'test/backend/{wasm,webgpu}/*.test.ts',
  'test/commands/{completion,doctor}/*.test.ts',
  'test/commands/{foreign-networks,train/base}.test.ts',
  'test/dataset/stream/many-images.test.ts',
  'test/training/trainers.test.ts',
];
const all = ['test/**/*.test.ts'];

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

function project(name: string, include: string[], exclude: string[], more: UserWorkspaceConfig['test'] = {}) {
  return { extends: true as const, test: { name, include, exclude: [...exclude, ...ofProgram], ...more } };
}

function inOneProcess(...setupFiles: string[]): UserWorkspaceConfig['test'] {
  return { isolate: false, setupFiles: ['test/helpers/shared-process.ts', ...setupFiles] };
}

export default defineConfig({
  plugins: [threads],
  test: {
    projects: [
      project('quick', all, [...quickAlone, ...withTensorFlow, ...slow, ...slowAlone], inOneProcess()),
      project('quick-alone', quickAlone, [...slow, ...slowAlone]),
      project('quick-with-tensorflow', withTensorFlow, [], inOneProcess('test/helpers/on-native.ts')),
      project('slow', slow, slowAlone, inOneProcess('test/helpers/on-native.ts')),
      project('slow-alone', slowAlone, []),
      { extends: true, test: { name: 'program', include: ofProgram, globalSetup: ['test/global-setup.ts'] } },
    ],
    pool: 'forks',
    // one more than there are cores: many files wait for other processes
    maxWorkers: availableParallelism() + 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // .ci/run names what needed its second try
    retry: process.env.CI ? 1 : 0,
    // .ci/run counts tests from this file
    reporters: process.env.TEST_REPORT ? ['default', ['json', { outputFile: process.env.TEST_REPORT }]] : ['default'],
  },
});
