import { execFileSync, type SpawnSyncReturns, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findWholeInstallation, INSTALLED } from '../../src/backend/native/cache.js';

// The package as its users get it. npm's cache keeps this quick; npm's install scripts are on, as they are by default.
// In CI it is made of a clone that nobody has built in, as npm makes it for who installs from git.
const root = mkdtempSync(join(tmpdir(), 'cnnviz-package-'));
const project = join(root, 'project');
const prefix = join(root, 'global');
let tarball: string;

/** what says that dist is up to date, see scripts/build.mjs */
const BUILT = '.cnnviz-built';
const fromClone = process.env.CI !== undefined && existsSync('.git');
if (!fromClone)
  console.warn('skipped in part: a package of a clone that nobody has built in (set CI=true, in a clone)');

beforeAll(() => {
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{"name": "user", "version": "1.0.0"}');
  npm(fromClone ? cloneUnbuilt() : process.cwd(), 'pack', '--silent', '--pack-destination', root);
  tarball = join(root, readdirSync(root).find((name) => name.endsWith('.tgz')) as string);
  npm(project, 'install', tarball);
}, 600_000);

afterAll(() => {
  if (existsSync(prefix)) chmodTree(prefix, 0o755);
  rmSync(root, { recursive: true, force: true });
});

/** The last commit with the development dependencies that are here: npm would install 600 MB of them again. */
function cloneUnbuilt(): string {
  const clone = join(root, 'clone');
  execFileSync('git', ['clone', '--quiet', process.cwd(), clone]);
  const ownModules = join(process.cwd(), 'node_modules');
  mkdirSync(join(clone, 'node_modules'));
  for (const name of readdirSync(ownModules).filter((name) => name !== BUILT)) {
    symlinkSync(join(ownModules, name), join(clone, 'node_modules', name));
  }
  expect(existsSync(join(clone, 'dist'))).toBe(false);
  return clone;
}

function npm(cwd: string, ...args: string[]): void {
  const options = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts=false'];
  execFileSync('npm', [...args, ...options], { cwd, stdio: 'pipe' });
}

function run(program: string, args: string[], home = join(root, 'no-home')): SpawnSyncReturns<string> {
  const env = { ...process.env, CNNVIZ_HOME: home, CNNVIZ_BACKEND: 'auto', NODE_OPTIONS: '' };
  return spawnSync(program, args, { cwd: project, encoding: 'utf8', env });
}

const installed = join(project, 'node_modules', '.bin', 'cnnviz');

test('a network in an HDF5 file, which is read in a thread of its own', () => {
  const model = join(import.meta.dirname, '../fixtures/networks/article.keras');
  const { status, stdout, stderr } = run(installed, ['summary', '--model', model]);
  expect(stderr).not.toContain('error');
  expect(stdout).toContain('Conv2D');
  expect(status).toBe(0);
});

interface Doctor {
  selected: string;
  backends: { name: string; available: boolean; reason?: string }[];
}

function doctor(program: string, home?: string): Doctor {
  return JSON.parse(run(program, ['doctor', '--json'], home).stdout.trim().split('\n').at(-1) as string);
}

/** A per-user folder with the installation of this machine's user, by a link: nothing here writes below it. */
function seedHome(): string | undefined {
  const installation = findWholeInstallation();
  if (installation === undefined) return undefined;
  const home = join(root, 'home');
  mkdirSync(join(home, 'native'), { recursive: true });
  symlinkSync(installation.folder, join(home, 'native', basename(installation.folder)));
  const pointer = { ...installation, folder: basename(installation.folder) };
  writeFileSync(join(home, 'native', 'current-1.json'), JSON.stringify(pointer));
  return home;
}

const home = seedHome();
if (home === undefined) console.warn('skipped in part: native TensorFlow is not set up');

test('the tarball holds the program and nothing of its making', () => {
  const names = readdirSync(join(project, 'node_modules', 'cnnviz'));
  expect(names.sort()).toEqual(['LICENSE', 'README.md', 'bin', 'data', 'dist', 'package.json']);
  // what a report's page is made of, and not what that was made of
  const dist = join(project, 'node_modules', 'cnnviz', 'dist');
  const page = readdirSync(join(dist, 'page'));
  expect(page).toEqual(expect.arrayContaining(['client.js', 'style.css']));
  expect(page).not.toContain('client');
  // all code is in the bundle; beside it lie the types
  const scripts = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  expect(scripts.filter((name) => !name.startsWith('bundle'))).toEqual([join('page', 'client.js')]);
  expect(scripts).toEqual(expect.arrayContaining([join('bundle', 'index.js'), join('bundle', 'main.js')]));
});

test('help and the library work at once after a plain install', () => {
  const { status, stdout, stderr } = run(installed, ['--help']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('Usage: cnnviz');
  const program = "import('cnnviz').then(({ setup, doctor }) => console.log(typeof setup, typeof doctor))";
  expect(run(process.execPath, ['-e', program]).stdout.trim()).toBe('function function');
});

test('without set-up WebAssembly is used, and the reason is printed', () => {
  const { selected, backends } = doctor(installed);
  expect(selected).toBe('wasm');
  expect(backends[0]).toMatchObject({ name: 'native', available: false });
});

test.skipIf(home === undefined)('with native TensorFlow set up it is used, though npm removed tfjs-node', () => {
  rmSync(join(project, 'node_modules', INSTALLED.tfjsNode.replace(/^node_modules./, '')), {
    recursive: true,
    force: true,
  });
  expect(doctor(installed, home).selected).toBe('native');
});

test('a global install that the user cannot write works and is left as it was', () => {
  npm(project, 'install', '--global', '--prefix', prefix, tarball);
  chmodTree(prefix, 0o555);
  const before = listTree(prefix);
  const program = join(prefix, 'bin', 'cnnviz');
  expect(run(program, ['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(doctor(program, home).selected).toBe(home === undefined ? 'wasm' : 'native');
  expect(listTree(prefix)).toEqual(before);
}, 300_000);

function chmodTree(folder: string, mode: number): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) chmodTree(join(folder, entry.name), mode);
  }
  chmodSync(folder, mode);
}

/** As root nothing is unwritable, so the names are compared as well. */
function listTree(folder: string): string[] {
  return (readdirSync(folder, { recursive: true }) as string[]).sort();
}

// Half a minute of work and 274 MB: where the environment names the wheel, and in CI.
const wheel = process.env.CNNVIZ_WHEEL;
const realSetUp = process.env.CI !== undefined || wheel !== undefined;
if (!realSetUp) console.warn('skipped: the real set-up (set CI=true, or CNNVIZ_WHEEL to the wheel)');

test.skipIf(home === undefined || !realSetUp)(
  'set-up from nothing makes native work',
  () => {
    const fresh = join(root, 'fresh');
    const { status, stderr } = run(installed, ['setup', ...(wheel ? ['--from', wheel] : [])], fresh);
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    expect(doctor(installed, fresh).selected).toBe('native');
    expect(readdirSync(join(fresh, 'native')).length).toBe(2);
  },
  300_000,
);
