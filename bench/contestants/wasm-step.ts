// A training step of the article's network on WebAssembly, batch 20: wasm-step cnnviz|one-thread|stock STEPS
// stock: tfjs with nothing but the missing filter gradient added.
import '@tensorflow/tfjs-backend-wasm';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import { reportSteps } from './clock.js';
import { buildStockNetwork, makeStockBatch } from './stock-network.js';

const [contestant, steps] = process.argv.slice(2);
if (contestant === 'one-thread') process.env.CNNVIZ_WASM_THREADS = '1';
if (contestant === 'stock') {
  addStockFilterGradient();
  await tf.setBackend('wasm');
} else {
  await selectBackend('wasm');
}
const model = buildStockNetwork(150);
const { images, labels } = makeStockBatch(20, 150);
// The first step grows the heap and compiles.
await reportSteps(() => model.trainOnBatch(images, labels), 1, Number(steps));

/** The shortest way to make stock tfjs train: the gradient as one convolution (strides of 1, no padding). */
function addStockFilterGradient(): void {
  tf.registerKernel({
    kernelName: tf.Conv2DBackpropFilter,
    backendName: 'wasm',
    kernelFunc: ({ inputs }) => {
      const { x, dy } = inputs as { x: tf.Tensor4D; dy: tf.Tensor4D };
      return tf.tidy(() => {
        const gradient = tf.conv2d(tf.transpose(x, [3, 1, 2, 0]), tf.transpose(dy, [1, 2, 0, 3]), 1, 'valid');
        return tf.transpose(gradient, [1, 2, 0, 3]);
      });
    },
  });
}
