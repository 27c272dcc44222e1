// Writes the API reference to docs/api (`npm run docs`), from the public types and their comments. TypeDoc is installed on its
// first use, in a folder of its own: it needs an older TypeScript than the one that builds cnnviz.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const home = join(root, 'scripts', 'api');
const typedoc = join(home, 'node_modules', 'typedoc', 'bin', 'typedoc');

if (!existsSync(typedoc)) {
  const args = ['ci', '--prefix', home, '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
}
// TypeDoc takes a function that is loaded at its first call for a variable: it gets a list with the functions themselves.
const entry = join(root, 'src', 'api-reference.ts');
const lazy = /export const (\w+) = lazily\(\(\) => import\(('[^']+')\), '\w+'\);/g;
const index = readFileSync(join(root, 'src', 'index.ts'), 'utf8');
writeFileSync(entry, index.replace(/^import .*/gm, '').replace(lazy, 'export { $1 } from $2;'));
const options = [
  ...['--entryPoints', entry, '--tsconfig', join(root, 'tsconfig.build.json')],
  ...[
    '--out',
    join(root, 'docs', 'api'),
    '--readme',
    'none',
    '--name',
    'cnnviz',
    '--excludePrivate',
    '--disableSources',
  ],
  ...process.argv.slice(2),
];
try {
  process.exitCode = spawnSync(process.execPath, [typedoc, ...options], { cwd: root, stdio: 'inherit' }).status ?? 1;
} finally {
  rmSync(entry);
}
