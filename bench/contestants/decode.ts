// Decodes the images of a folder for the article's network, twice, and reports the second time: decode native|sharp FOLDER

import { selectBackend } from '../../src/backend/select.js';
import { expandImageArguments } from '../../src/commands/shared/image-arguments.js';
import { openDecoder } from '../../src/commands/shared/open-decoder.js';
import { BatchStream } from '../../src/dataset/stream/batches.js';
import { ImageSource } from '../../src/dataset/stream/image-source.js';
import { report, startClock } from './clock.js';

const [kind, folder] = process.argv.slice(2) as [string, string];
const { name } = await selectBackend('native');
const files = (await expandImageArguments([folder])).map((path) => ({ path, classIndex: 0 }));
const size = 150;
using decoder = await openDecoder(kind === 'native' ? name : 'cpu');
await decodeAll();
const read = startClock();
await decodeAll();
const { wallMs, cpuMs } = read();
report({ wallMs: wallMs / files.length, cpuMs: cpuMs / files.length });

async function decodeAll(): Promise<void> {
  const source = new ImageSource(files, {
    preprocessing: { height: size, width: size, interpolation: 'nearest', autoOrient: false, rescale: 1 / 255 },
    onBadImage: 'fail',
    cacheBudget: { limit: 0, used: 0 },
  });
  source.decoder = decoder;
  for await (const { pixels } of new BatchStream(source, { batchSize: 32, endPass: 1 })) pixels.at(-1);
}
