// Builds src into dist when a source is newer. Run as a program it builds in any case, and fails as the compiler does.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
/** touched after every build that succeeded */
const stamp = join(root, 'node_modules', '.cnnviz-built');

/** Brings dist up to date; true when it is. */
export function buildIfStale() {
  const inputs = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'].map((name) => join(root, name));
  const newest = Math.max(...[...inputs, ...filesBelow(join(root, 'src'))].map((path) => statSync(path).mtimeMs));
  const fresh =
    existsSync(join(dist, 'index.js')) &&
    existsSync(stamp) &&
    statSync(stamp).mtimeMs > newest &&
    strayFiles().length === 0;
  return fresh || build();
}

function build() {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = { cwd: root, stdio: 'inherit' };
  if (spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], options).status !== 0) return false;
  for (const path of strayFiles()) rmSync(path);
  writeFileSync(stamp, '');
  return true;
}

/** What was built from sources that are gone: it would be packed. */
function strayFiles() {
  if (!existsSync(dist)) return [];
  const source = (path) => join(root, 'src', path.slice(dist.length + 1).replace(/(\.d\.ts|\.js)$/, '.ts'));
  return filesBelow(dist).filter((path) => !existsSync(source(path)));
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = build() ? 0 : 1;
