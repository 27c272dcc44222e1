// Predicts a folder twice on one loaded network and reports the second time: predict-steady FOLDER RUN

import { PREDICT_OPTIONS } from '../../src/commands/predict/options.js';
import { expandImageArguments } from '../../src/commands/shared/image-arguments.js';
import { locateNetwork } from '../../src/commands/shared/locate-network.js';
import { OutputStream } from '../../src/commands/shared/output-stream.js';
import { openTrainedNetwork } from '../../src/commands/shared/trained-network.js';
import { defaultsOf } from '../../src/options/resolve.js';
import { report, startClock } from './clock.js';

const [folder, model] = process.argv.slice(2) as [string, string];
using network = await openTrainedNetwork(await locateNetwork({ model }), { backend: 'native' }, ['run']);
const files = (await expandImageArguments([folder])).map((path) => ({ path, classIndex: 0 }));
await predictAll();
const read = startClock();
await predictAll();
const { wallMs, cpuMs } = read();
report({ wallS: wallMs / 1e3, cpuS: cpuMs / 1e3 });

async function predictAll(): Promise<void> {
  // Decoded again, as in the peer.
  const stream = new OutputStream(network, files, { ...defaultsOf(PREDICT_OPTIONS), onBadImage: 'fail' });
  let count = 0;
  for await (const { batch } of stream) count += batch.size;
  if (count !== files.length) throw new Error(`predicted ${count} of ${files.length} images`);
}
