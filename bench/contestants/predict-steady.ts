// Predicts a folder twice on one loaded network and reports the second time: predict-steady FOLDER RUN

import { PREDICT_OPTIONS } from '../../src/commands/predict/options.js';
import { expandImageArguments } from '../../src/commands/shared/image-arguments.js';
import { loadNetwork } from '../../src/commands/shared/load-network.js';
import { openDecoder } from '../../src/commands/shared/open-decoder.js';
import { streamOutputs } from '../../src/commands/shared/output-stream.js';
import { ImageSource } from '../../src/dataset/stream/image-source.js';
import { defaultsOf } from '../../src/options/resolve.js';
import { report, startClock } from './clock.js';

const [folder, model] = process.argv.slice(2) as [string, string];
const { network, preprocessing, backend } = await loadNetwork({ model, backend: 'native' });
const files = (await expandImageArguments([folder])).map((path) => ({ path, classIndex: 0 }));
using decoder = await openDecoder(backend.name);
await predictAll();
const read = startClock();
await predictAll();
const { wallMs, cpuMs } = read();
report({ wallS: wallMs / 1e3, cpuS: cpuMs / 1e3 });

async function predictAll(): Promise<void> {
  const cacheBudget = { limit: 0, used: 0 }; // decoded again, as in the peer
  const source = new ImageSource(files, { preprocessing, onBadImage: 'fail', cacheBudget });
  source.decoder = decoder;
  let count = 0;
  for await (const { batch } of streamOutputs(network, source, defaultsOf(PREDICT_OPTIONS))) count += batch.size;
  if (count !== files.length) throw new Error(`predicted ${count} of ${files.length} images`);
}
