// Augmenting a batch of 32 by the book's settings, from bytes to the network's input: augment cnnviz|tensorflow STEPS
import { encodeSavedModel } from '../../src/backend/native/saved-model.js';
import { GraphSession } from '../../src/backend/native/session.js';
import { selectBackend } from '../../src/backend/select.js';
import { createRandom } from '../../src/base/random.js';
import { RECIPES } from '../../src/commands/train/recipes.js';
import { affineMatrix } from '../../src/dataset/augment/affine.js';
import { augmentBatch } from '../../src/dataset/augment/augment.js';
import { AUGMENTATION_DEFAULTS } from '../../src/dataset/augment/augmentation-options.js';
import { drawTransform } from '../../src/dataset/augment/image-transform.js';
import { toFloats } from '../../src/dataset/stream/floats.js';
import { fetchArrays } from '../../src/engines/graph/build/fetch-arrays.js';
import { GraphBuilder, type GraphTensor } from '../../src/engines/graph/build/graph-builder.js';
import { reportSteps } from './clock.js';

const [engine, steps] = process.argv.slice(2);
const augmentation = { ...AUGMENTATION_DEFAULTS, ...RECIPES.augmented };
const size = { width: 150, height: 150, rescale: 1 / 255 };
const fileIndexes = Int32Array.from({ length: 32 }, (_, index) => index);
const random = createRandom(1, 'sample');
const pixels = Uint8Array.from({ length: 32 * 150 * 150 * 3 }, () => random() * 256);
const inputs = new Float32Array(pixels.length);
let pass = 0;

async function augmentHere(): Promise<void> {
  const batch = { size: 32, pixels, classIndexes: fileIndexes, fileIndexes, pass: pass++ };
  augmentBatch(batch, { augmentation, seed: 1 }, size, inputs);
}

/** The op's result stays in the session, as it would within a training step's graph: only one number is fetched. */
async function openTensorFlow(): Promise<() => Promise<void>> {
  await selectBackend('native');
  const graph = new GraphBuilder();
  const images = graph.placeholder('images', [-1, 150, 150, 3]);
  const matrices = graph.placeholder('matrices', [-1, 8]);
  const moved = graph.add(
    'ImageProjectiveTransformV3',
    [images, matrices, graph.integers([150, 150]), graph.scalar(0)],
    {
      dtype: { type: 'float' },
      interpolation: { string: 'BILINEAR' },
      fill_mode: { string: 'NEAREST' },
    },
  );
  const [none, one] = [
    [0, 0, 0, 0],
    [1, 1, 1, 1],
  ].map((values) => graph.integers(values)) as [GraphTensor, GraphTensor];
  const corner = graph.add('Slice', [moved, none, one], { T: { type: 'float' }, Index: { type: 'int32' } });
  const session = GraphSession.load(encodeSavedModel(graph.nodes));
  return async () => {
    pass++;
    const values = new Float32Array(32 * 8);
    fileIndexes.forEach((fileIndex, place) => {
      values.set(affineMatrix(drawTransform(augmentation, size, { seed: 1, pass, fileIndex }), size), place * 8);
    });
    const fed = [
      { to: images, values: toFloats(pixels, size.rescale, inputs), shape: [32, 150, 150, 3] },
      { to: matrices, values, shape: [32, 8] },
    ];
    fetchArrays(session, fed, [corner]);
  };
}

await reportSteps(engine === 'cnnviz' ? augmentHere : await openTensorFlow(), 10, Number(steps));
