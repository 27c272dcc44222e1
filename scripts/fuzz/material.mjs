// What the trials change: drawn pictures in several formats, and what a training on them leaves, as it is written today.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { channels, evaluateShard, patches, predictShard, train } from '../../dist/index.js';

const scratch = process.argv[2];
const at = (...names) => join(scratch, 'material', ...names);

async function drawPicture(path, isStriped, seed, format) {
  const pixels = Buffer.alloc(16 * 16 * 3);
  for (let pixel = 0; pixel < 256; pixel++) {
    const isLight = ((isStriped ? pixel % 16 : pixel >> 4) + seed) % 4 < 2;
    pixels.set(isLight ? [230 - 9 * seed, 200, 90 + 11 * seed] : [20 + 7 * seed, 40, 60], pixel * 3);
  }
  await sharp(pixels, { raw: { width: 16, height: 16, channels: 3 } })
    .toFormat(format)
    .toFile(path);
}

for (const [split, count] of Object.entries({ train: 4, validation: 2 })) {
  for (const [className, isStriped] of Object.entries({ columns: true, rows: false })) {
    mkdirSync(at('images', split, className), { recursive: true });
    for (let index = 0; index < count; index++) {
      await drawPicture(at('images', split, className, `${index}.png`), isStriped, index + count, 'png');
    }
  }
}
mkdirSync(at('formats'));
for (const format of ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'])
  await drawPicture(at('formats', `a.${format}`), true, 1, format);
const stop = new AbortController();
const { record } = await train({
  ...{
    data: at('images'),
    imageSize: 10,
    filters: [2],
    dense: 3,
    batchSize: 4,
    epochs: 3,
    optimizer: 'adam',
    backend: 'cpu',
  },
  probe: [at('images/train/rows/0.png')],
  out: at('run'),
  signal: stop.signal,
  onEvent: (event) => {
    if (event.type === 'epoch-ended' && event.epoch === 2) stop.abort();
  },
});
await channels({ data: at('images'), split: 'train', model: at('run'), backend: 'cpu' });
for (const index of [1, 2]) {
  await channels({
    data: at('images'),
    split: 'train',
    model: at('run'),
    backend: 'cpu',
    shard: `${index}/2`,
    out: at(`${index}.gz`),
  });
  await patches({
    data: at('images'),
    split: 'train',
    model: at('run'),
    backend: 'cpu',
    shard: `${index}/2`,
    out: at(`patches-${index}.gz`),
  });
  const common = { model: at('run'), backend: 'cpu', batchSize: 4, shard: `${index}/2` };
  await predictShard({ ...common, images: [at('images')], out: at(`predict-${index}.gz`) });
  await evaluateShard({ ...common, data: at('images'), split: 'train', out: at(`evaluate-${index}.gz`) });
}
execFileSync('tar', ['-cf', at('images.tar'), '-C', at('images/train'), '.']);
cpSync(at('run', record.weights.last.folder), at('model'), { recursive: true });
// Networks of others, as the tests have them.
const networks = fileURLToPath(new URL('../../test/fixtures/networks', import.meta.url));
for (const name of ['keras-2.h5', 'stacked.h5', 'transfer.keras', 'converted_keras', 'tfjs-of-keras-3']) {
  cpSync(join(networks, name), at('networks', name), { recursive: true });
}
// What no trial may read: as long as the weights, so that they could be taken for some.
mkdirSync(join(scratch, 'canary'));
for (const name of ['weights.bin', 'model.json']) cpSync(at('model', name), join(scratch, 'canary', name));
writeFileSync(join(scratch, 'canary', 'secret'), 'secret');
