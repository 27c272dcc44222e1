import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';

// npm clones the last commit, installs 600 MB of development dependencies beside it, and builds: most of a minute. In CI.
const skipped = process.env.CI === undefined || !existsSync('.git');
if (skipped) console.warn('skipped: an installation from git (set CI=true, in a clone)');

const project = mkdtempSync(join(tmpdir(), 'cnnviz-from-git-'));
afterAll(() => rmSync(project, { recursive: true, force: true }));

test.skipIf(skipped)(
  'an installation from git has the built program',
  () => {
    writeFileSync(join(project, 'package.json'), '{"name": "user", "version": "1.0.0"}');
    const options = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts=false'];
    const source = `git+${pathToFileURL(process.cwd())}`;
    execFileSync('npm', ['install', ...options, source], { cwd: project, stdio: 'pipe' });
    const installed = join(project, 'node_modules', 'cnnviz');
    expect(readdirSync(installed).sort()).toEqual(['LICENSE', 'README.md', 'bin', 'data', 'dist', 'package.json']);
    // what the page is made of is built last
    const built = readdirSync(join(installed, 'dist'), { recursive: true, encoding: 'utf8' });
    expect(built.filter((path) => path.endsWith('style.css'))).toHaveLength(1);
    const program = join(installed, 'bin', 'cnnviz.js');
    expect(execFileSync(process.execPath, [program, '--version'], { encoding: 'utf8' })).toMatch(/^\d+\.\d+\.\d+\n$/);
  },
  300_000,
);
