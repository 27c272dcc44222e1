// Writes the API reference to docs/api (`npm run docs`), from the public types and their comments. TypeDoc is installed on its
// first use, in a folder of its own: it needs an older TypeScript than the one that builds cnnviz.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const home = join(root, 'scripts', 'api');
const typedoc = join(home, 'node_modules', 'typedoc', 'bin', 'typedoc');

if (!existsSync(typedoc)) {
  const args = ['ci', '--prefix', home, '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
}
const options = [
  ...['--entryPoints', join(root, 'src', 'index.ts'), '--tsconfig', join(root, 'tsconfig.build.json')],
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
process.exitCode = spawnSync(process.execPath, [typedoc, ...options], { cwd: root, stdio: 'inherit' }).status ?? 1;
