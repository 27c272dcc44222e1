import { spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pointerFile } from '../../../../src/backend/native/cache.js';
import { commitInstallation, makeBuildFolder } from '../../../../src/backend/native/provision/staging.js';
import { programPath } from '../../../cli/run-program.js';
import { testUnless } from '../../../helpers/skip.js';

/** `nobody` on most systems; a number that no file here belongs to. */
const OTHER_USER = { uid: 65534, gid: 65534 };
const WHAT = { tensorflowVersion: '2', tfjsNodeVersion: '4', wheelSha256: '', installedAt: '' };

let root: string;
let umask: number;

beforeEach(async () => {
  root = await fs.mkdtemp(join(tmpdir(), 'cnnviz-staging-'));
  await fs.chmod(root, 0o755);
  umask = process.umask(0o077);
  vi.spyOn(fs, 'statfs').mockResolvedValue({ bavail: 1e9, bsize: 4096 } as Awaited<ReturnType<typeof fs.statfs>>);
});

afterEach(async () => {
  process.umask(umask);
  vi.restoreAllMocks();
  await fs.rm(root, { recursive: true });
});

const modeOf = async (path: string) => ((await fs.stat(path)).mode & 0o777).toString(8);

/** An installation as set-up leaves it, with a library, a program and a folder. */
async function install(home: string): Promise<string> {
  const folder = await makeBuildFolder(home);
  await fs.mkdir(join(folder, 'node_modules/@tensorflow'), { recursive: true });
  await fs.writeFile(join(folder, 'node_modules/@tensorflow/index.js'), '');
  await fs.writeFile(join(folder, 'libtensorflow.so'), '', { mode: 0o700 });
  await commitInstallation(home, { folder, ...WHAT });
  return folder;
}

test('what was set up may be read by everybody, whatever the umask', async () => {
  const home = join(root, 'shared/native');
  const folder = await install(home);
  const paths = [join(root, 'shared'), home, folder, join(folder, 'node_modules/@tensorflow')];
  expect(await Promise.all(paths.map(modeOf))).toEqual(['755', '755', '755', '755']);
  expect(await modeOf(join(folder, 'node_modules/@tensorflow/index.js'))).toBe('644');
  expect(await modeOf(join(folder, 'libtensorflow.so'))).toBe('755');
  expect(await modeOf(pointerFile(home))).toBe('644');
});

test('a folder that was there keeps its mode: it can be private on purpose', async () => {
  await fs.mkdir(join(root, 'private'));
  await install(join(root, 'private/native'));
  expect(await modeOf(join(root, 'private'))).toBe('700');
});

const isRoot = process.getuid?.() === 0;
const runAs = (command: string, args: string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync(command, args, { ...OTHER_USER, cwd: '/', env: { PATH: process.env.PATH, ...env }, encoding: 'utf8' });
const canOtherRun = isRoot && runAs(process.execPath, [programPath, '--version']).status === 0;
const asOtherUser = testUnless(isRoot ? undefined : 'only root can become another user');
const withProgram = testUnless(canOtherRun ? undefined : 'no other user can run this checkout, or this is not root');

asOtherUser('another user reads what root set up', async () => {
  const folder = await install(join(root, 'shared/native'));
  const files = [pointerFile(join(root, 'shared/native')), join(folder, 'libtensorflow.so')];
  expect(runAs('cat', [...files, join(folder, 'node_modules/@tensorflow/index.js')])).toMatchObject({ status: 0 });
});

withProgram('where another user may not read it, that is the reason given', async () => {
  const home = join(root, 'shared/native');
  const folder = await install(home);
  const doctor = () => runAs(process.execPath, [programPath, 'doctor'], { CNNVIZ_HOME: join(root, 'shared') }).stdout;
  await fs.chmod(folder, 0o700);
  expect(doctor()).toMatch(/native TensorFlow cannot be read in .*build-.*chmod -R a\+rX/);
  await fs.chmod(home, 0o700);
  expect(doctor()).toMatch(/native TensorFlow cannot be read in .*native\..*chmod -R a\+rX/);
});

withProgram('without any home folder nothing is looked for below the working folder', () => {
  const numberless = { uid: 54_321, gid: 54_321, cwd: root, encoding: 'utf8' as const };
  const env = { PATH: process.env.PATH, HOME: '' };
  const doctor = spawnSync(process.execPath, [programPath, 'doctor'], { ...numberless, env });
  expect([doctor.status, doctor.stdout]).toEqual([0, expect.stringMatching(/no home folder.*CNNVIZ_HOME/)]);
  const setup = spawnSync(process.execPath, [programPath, 'setup'], { ...numberless, env });
  expect([setup.status, setup.stderr]).toEqual([1, expect.stringMatching(/^error: this user has no home folder/)]);
});
