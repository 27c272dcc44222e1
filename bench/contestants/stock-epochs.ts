// Whole epochs in stock tfjs-node, as its users write them: every file decoded again in every epoch, with TensorFlow's
// own decoder. stock-epochs IMAGES EPOCHS
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import { createRandom, permutation } from '../../src/base/random.js';
import { EpochClock } from './epoch-clock.js';
import { buildStockNetwork } from './stock-network.js';

interface Example {
  file: string;
  label: number;
}

const [photographs, epochs] = process.argv.slice(2) as [string, string];
await selectBackend('native');
const { node } = createRequire(import.meta.url)('@tensorflow/tfjs-node') as typeof import('@tensorflow/tfjs-node');
const model = buildStockNetwork(150);
const train = listExamples('train');
const validation = listExamples('validation');

const clock = new EpochClock(Number(epochs));
for (let epoch = 1; epoch <= Number(epochs); epoch++) {
  clock.start(epoch);
  const order = permutation(train.length, createRandom(1, 'shuffle', epoch));
  await eachBatch(
    Array.from(order, (index) => train[index] as Example),
    (x, y) => model.trainOnBatch(x, y),
  );
  await eachBatch(validation, async (x, y) => tf.dispose(model.evaluate(x, y)));
  clock.end(epoch);
}

function listExamples(split: string): Example[] {
  const folder = join(photographs, split);
  return readdirSync(folder)
    .sort()
    .flatMap((name, label) =>
      readdirSync(join(folder, name)).map((file) => ({ file: join(folder, name, file), label })),
    );
}

async function eachBatch(examples: Example[], work: (x: tf.Tensor, y: tf.Tensor) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < examples.length; start += 20) {
    const batch = examples.slice(start, start + 20);
    const [x, y] = tf.tidy(() => [
      tf.stack(batch.map(({ file }) => decode(file))),
      tf.tensor2d(batch.map(({ label }) => [label])),
    ]) as [tf.Tensor, tf.Tensor];
    await work(x, y);
    tf.dispose([x, y]);
  }
}

function decode(file: string): tf.Tensor3D {
  const image = node.decodeImage(readFileSync(file), 3) as tf.Tensor3D;
  return tf.div(tf.image.resizeNearestNeighbor(image, [150, 150]), 255);
}
