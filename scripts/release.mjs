// Makes the package as it would be published, installs it in an empty project and runs it there: `npm run release`.
// Publishing itself is left to whoever holds the key; the last line says how.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeLinksAbsolute } from './absolute-links.mjs';
import { listPlaceholders } from './placeholders.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const work = mkdtempSync(join(tmpdir(), 'cnnviz-release-'));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { version } = manifest;

try {
  requireChangelog();
  const tarball = pack();
  tryOut(tarball);
  const placeholders = listPlaceholders(root);
  if (placeholders.length > 0) {
    throw new Error(`the package works, but must not be published yet: fill in ${placeholders.join(', ')}`);
  }
  say(`Next: npm publish ${tarball} --provenance`);
} catch (error) {
  rmSync(work, { recursive: true, force: true });
  console.error(`release: ${error.message}`);
  process.exitCode = 1;
}

function requireChangelog() {
  if (readFileSync(join(root, 'CHANGELOG.md'), 'utf8').includes(`\n## ${version}`)) return;
  throw new Error(`CHANGELOG.md has no "## ${version}"`);
}

/** The README's links work on a registry's page too. */
function pack() {
  const page = join(root, 'README.md');
  const readme = readFileSync(page, 'utf8');
  try {
    writeFileSync(page, makeLinksAbsolute(readme, manifest));
    npm(root, 'pack', '--silent', '--pack-destination', work);
  } finally {
    writeFileSync(page, readme);
  }
  const tarball = join(
    work,
    readdirSync(work).find((name) => name.endsWith('.tgz')),
  );
  say(`packed ${tarball}: ${(statSync(tarball).size / 1e3).toFixed(0)} kB`);
  return tarball;
}

/** In a project of its own: the command line trains and draws, the library imports. */
function tryOut(tarball) {
  const project = join(work, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{"name": "user", "version": "1.0.0"}');
  npm(project, 'install', '--no-audit', '--no-fund', tarball);
  say(`installed: ${(sizeOf(join(project, 'node_modules')) / 1e6).toFixed(0)} MB`);
  const small = ['--image-size', '48', '--filters', '4,8', '--dense', '16', '--epochs', '1'];
  cnnviz(project, 'sample-data', 'data', '--train', '10', '--validation', '4', '--test', '4');
  cnnviz(project, 'train', '--data', 'data', ...small);
  cnnviz(project, 'activations', join('data', 'test', 'cats', 'cat.0.png'), '--out', 'pictures');
  writeFileSync(
    join(project, 'try.mjs'),
    "import { predict } from 'cnnviz';\nif (typeof predict !== 'function') throw 1;\n",
  );
  node(project, 'try.mjs');
  rmSync(project, { recursive: true, force: true });
}

function cnnviz(cwd, ...args) {
  say(`$ cnnviz ${args.join(' ')}`);
  node(cwd, join('node_modules', 'cnnviz', 'bin', 'cnnviz.js'), ...args);
}

function node(cwd, ...args) {
  execFileSync(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}

function npm(cwd, ...args) {
  execFileSync('npm', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
}

function sizeOf(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

function say(text) {
  console.log(`release: ${text}`);
}
