// Prints the images that a trained network is most wrong about, as CSV: often the labels are at fault, not the network.
//
//   node worst-mistakes.mjs RUN DATA [COUNT]
import { evaluate } from 'cnnviz';

const [model, data, count = '20'] = process.argv.slice(2);
if (!model || !data) throw new Error('usage: node worst-mistakes.mjs RUN DATA [COUNT]');

const { accuracy, split, imageCount, mistakes } = await evaluate({ model, data, mistakes: Number(count) });
console.error(`accuracy ${accuracy.toFixed(4)} on ${imageCount} ${split} images`);
console.log('path,labeled,predicted,probability');
for (const { path, trueClass, predictedClass, probability } of mistakes) {
  console.log([path, trueClass, predictedClass, probability.toFixed(4)].map(quote).join(','));
}

function quote(cell) {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
