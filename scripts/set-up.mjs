// Makes a clone ready to work: dependencies, the built program, native TensorFlow. Does only what is missing; under a
// second when nothing is. Built on Node's own modules, since nothing may be installed yet. With --no-native it leaves native
// TensorFlow out: what a package is made of.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

try {
  requireNode(20, 19);
  if (!dependenciesAreInstalled()) installDependencies();
  if (!(await buildIfStale())) throw new Error('the build failed; see the lines above');
  if (!process.argv.includes('--no-native')) await setUpNative();
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}

function requireNode(neededMajor, neededMinor) {
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split('.').map(Number);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return;
  throw new Error(`cnnviz needs Node.js ${neededMajor}.${neededMinor} or newer, this is ${node}`);
}

/** Whether node_modules holds what package-lock.json asks for. Optional packages are for some platforms only. */
function dependenciesAreInstalled() {
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const installed = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}

/**
 * `npm install --no-save` takes just the versions of package-lock.json and leaves that file alone. `npm ci` would refuse
 * one that was made where the packages of other platforms could not be looked up (npm/cli#4828).
 * Install scripts stay off: tfjs-node's would download a TensorFlow of its own, and nothing else needs one.
 */
function installDependencies() {
  say('installing the dependencies');
  const args = [
    'install',
    '--no-save',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
  ];
  // Below `npm run`, the npm that runs; else the one on the PATH.
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
  const { status } = spawnSync(command, [...first, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error('npm install failed; see the lines above');
}

/** Native TensorFlow makes everything faster and is never needed: without it cnnviz uses WebAssembly instead. */
async function setUpNative() {
  const { setup } = await import('../dist/commands/setup/index.js');
  const steps = {
    download: 'downloading TensorFlow (274 MB)',
    unpack: 'unpacking it',
    compile: 'compiling its binding',
  };
  const onEvent = ({ type, step, pid }) => {
    if (type === 'setup-step' && steps[step]) say(steps[step]);
    if (type === 'setup-waiting') say(`waiting for process ${pid}, which sets up TensorFlow already`);
  };
  try {
    await setup({ onEvent });
  } catch ({ message, hint }) {
    say(`no native TensorFlow, so WebAssembly is used, which is slower: ${[message, hint].filter(Boolean).join('. ')}`);
  }
}

function say(text) {
  console.error(`set-up: ${text}`);
}
