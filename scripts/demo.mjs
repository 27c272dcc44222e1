// The whole of cnnviz once: draw the sample set, train on it until it recognizes cats and dogs, show what every layer sees.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** where its folders `demo` and `runs` are made */
const home = process.argv[2] ?? root;
const image = join('demo', 'data', 'test', 'cats', 'cat.0.png');
const neededAccuracy = 0.9;

try {
  mkdirSync(home, { recursive: true });
  const started = performance.now();
  const native = hasNative();
  if (!native)
    say('Without native TensorFlow the network is trained at 64x64 pixels, so that it takes minutes, not hours.');
  // Seed 6: training, validation and test hold no two drawings that look the same, which training would warn about.
  cnnviz('sample-data', join('demo', 'data'), '--seed', '6');
  // Drawings need larger steps than photos, and fewer of them, than the article's 30 epochs at 1e-4.
  const length = native ? ['--epochs', '6'] : ['--epochs', '7', '--image-size', '64'];
  cnnviz('train', '--data', join('demo', 'data'), '--optimizer', 'adam', '--learning-rate', '1e-3', ...length);
  cnnviz('activations', image, '--out', join('demo', 'activations'));
  requireAccuracy();
  say(`Done in ${Math.round((performance.now() - started) / 1000)} s.`);
  say(`Pictures of what every layer sees: ${join(home, 'demo', 'activations')}`);
  say('');
  say('Next (npx cnnviz, or bin/cnnviz.js, or `npm link` for cnnviz on the PATH):');
  say(`  npx cnnviz predict ${image}`);
  say(`  npx cnnviz evaluate --data ${join('demo', 'data')} --split test`);
  say(`  npx cnnviz activations ${image} --layers conv2d_1 --channels 0,1 --scale minmax`);
  say('  npx cnnviz train --data YOUR/IMAGES');
} catch (error) {
  console.error(`demo: ${error.message}`);
  process.exitCode = 1;
}

function hasNative() {
  const { stdout } = run(['doctor', '--json'], 'pipe');
  return JSON.parse(String(stdout).trim().split('\n').at(-1)).selected === 'native';
}

/** Of the weights that every other command uses. */
function requireAccuracy() {
  const latest = readFileSync(join(home, 'runs', 'latest'), 'utf8').trim();
  const { history, weights } = JSON.parse(readFileSync(join(home, 'runs', latest, 'run.json'), 'utf8'));
  const { epoch } = weights.best ?? weights.last;
  const accuracy = history.val_acc[epoch - 1];
  say(`\nValidation accuracy: ${(100 * accuracy).toFixed(1)} % after epoch ${epoch}.`);
  if (accuracy < neededAccuracy) throw new Error(`expected a validation accuracy of at least ${neededAccuracy}`);
}

function cnnviz(...args) {
  say(`\n$ cnnviz ${args.join(' ')}`);
  const { status } = run(args, 'inherit');
  if (status !== 0) throw new Error(`cnnviz ${args[0]} ended with exit code ${status}`);
}

function run(args, stdio) {
  return spawnSync(process.execPath, [join(root, 'bin', 'cnnviz.js'), ...args], { cwd: home, stdio });
}

function say(text) {
  console.log(text);
}
