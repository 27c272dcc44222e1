// Trains on a folder of class folders, then writes what the first convolution sees in one image.
//
//   node train-and-look.mjs DATA IMAGE [EPOCHS]
import { writeFile } from 'node:fs/promises';
import { captureActivations, encodePng, loadNetwork, renderActivations, train } from 'cnnviz';

const [data, image, epochs = '5'] = process.argv.slice(2);
if (!data || !image) throw new Error('usage: node train-and-look.mjs DATA IMAGE [EPOCHS]');

const { path } = await train({
  data,
  epochs: Number(epochs),
  imageSize: 64,
  filters: [16, 32, 64],
  dense: 64,
  optimizer: 'adam',
  learningRate: 1e-3,
  onEvent(event) {
    if (event.type === 'epoch-ended') console.log(`epoch ${event.epoch}: accuracy ${event.accuracy.toFixed(3)}`);
    if (event.type === 'warning') console.warn(event.message);
  },
});

const cnn = await loadNetwork({ model: path });
try {
  const layers = await captureActivations(cnn.network, await cnn.readInput(image), ['conv2d_1']);
  for (const { name, raster } of renderActivations(layers, { scale: 'strength' })) {
    await writeFile(`${name}.png`, encodePng(raster));
    console.log(`wrote ${name}.png`);
  }
} finally {
  cnn.dispose();
}
