// Builds src into dist when a source is newer: a module and its types for each source, and the bundles that users run. Run as
// a program it builds in any case (with --if-stale only when needed), and fails as the compiler does.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
/** what a report's page runs and looks like: made of src/page/client and src/page/style */
const page = { folder: 'page', script: 'client.js', style: 'style.css' };
/** what users run, see bundle-code.mjs, and what starts in a thread of its own: by name, from which source */
const bundles = {
  folder: 'bundle',
  entries: {
    index: 'index.ts',
    main: 'main.ts',
    'hdf5-thread': 'formats/keras/hdf5-thread.ts',
    'drawing-thread': 'commands/activations/drawing-thread.ts',
    'live-thread': 'live/live-thread.ts',
  },
};
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
/** touched after every build that succeeded */
const stamp = join(root, 'node_modules', '.cnnviz-built');

/** Brings dist up to date; true when it is. */
export async function buildIfStale() {
  const inputs = ['tsconfig.json', 'tsconfig.build.json', 'tsconfig.client.json', 'package-lock.json'].map((name) =>
    join(root, name),
  );
  const newest = Math.max(...[...inputs, ...filesBelow(join(root, 'src'))].map((path) => statSync(path).mtimeMs));
  const fresh =
    existsSync(join(dist, 'index.js')) &&
    existsSync(join(dist, page.folder, page.script)) &&
    Object.keys(bundles.entries).every((name) => existsSync(join(dist, bundles.folder, `${name}.js`))) &&
    existsSync(stamp) &&
    statSync(stamp).mtimeMs > newest &&
    strayFiles().length === 0;
  return fresh || (await build());
}

async function build() {
  if (!existsSync(tsc)) {
    console.error('build: the compiler is not installed; run `npm ci --ignore-scripts --include=dev`');
    return false;
  }
  if (!compile('-p', 'tsconfig.build.json') || !compile('-p', 'tsconfig.client.json') || !(await bundle()))
    return false;
  for (const path of strayFiles()) rmSync(path);
  writeFileSync(stamp, '');
  return true;
}

async function bundle() {
  try {
    // not before they are needed: dependencies may have been installed by the caller
    await bundlePage(await import('esbuild'));
    const { bundleCode } = await import('./bundle-code.mjs');
    await bundleCode({
      entryPoints: Object.fromEntries(
        Object.entries(bundles.entries).map(([name, source]) => [name, join(root, 'src', source)]),
      ),
      outdir: join(dist, bundles.folder),
    });
    return true;
  } catch {
    return false; // esbuild has printed why
  }
}

/** A page's script and style into a text each: a page can fetch nothing. */
async function bundlePage(esbuild) {
  const folder = join(root, 'src', page.folder);
  const entries = {
    [page.script]: join(folder, 'client', 'start', 'main.ts'),
    [page.style]: join(folder, 'style', 'main.css'),
  };
  const options = { bundle: true, minify: true, format: 'esm', target: 'es2022', charset: 'utf8' };
  for (const [name, entry] of Object.entries(entries)) {
    await esbuild.build({ ...options, entryPoints: [entry], outfile: join(dist, page.folder, name) });
  }
}

function compile(...args) {
  return spawnSync(process.execPath, [tsc, ...args], { cwd: root, stdio: 'inherit' }).status === 0;
}

/** What was built from sources that are gone: it would be packed. */
function strayFiles() {
  if (!existsSync(dist)) return [];
  const source = (path) => join(root, 'src', path.slice(dist.length + 1).replace(/(\.d\.ts|\.js)$/, '.ts'));
  const code = Object.keys(bundles.entries).flatMap((name) => [`${name}.js`, `${name}.js.map`]);
  const made = [
    ...[page.script, page.style].map((name) => join(dist, page.folder, name)),
    ...code.map((name) => join(dist, bundles.folder, name)),
  ];
  return filesBelow(dist).filter((path) => !made.includes(path) && !existsSync(source(path)));
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const done = process.argv.includes('--if-stale') ? await buildIfStale() : await build();
  process.exitCode = done ? 0 : 1;
}
