// Fails where the tests ran without native TensorFlow although this machine could have set it up.
import { spawnSync } from 'node:child_process';
import { selectBackend } from '../dist/backend/select.js';

const works = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const possible =
  process.platform === 'linux' &&
  process.arch === 'x64' &&
  works('g++', '--version') &&
  works('python3', '-m', 'pip', '--version');

try {
  const { version } = await selectBackend('native');
  console.log(`native TensorFlow ${version}`);
} catch (error) {
  console.log(`native TensorFlow is absent: ${error.message}`);
  if (possible) process.exitCode = 1;
}
