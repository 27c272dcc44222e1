// Whole epochs in cnnviz, as `cnnviz train` runs them: epochs IMAGES EPOCHS [float32|bfloat16 [CACHE_MEGABYTES]]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { train } from '../../src/commands/train/index.js';
import type { Precision } from '../../src/engines/contract/precision.js';
import { EpochClock } from './epoch-clock.js';

const [data, epochs, precision = 'float32', cacheMemory] = process.argv.slice(2) as [
  string,
  string,
  Precision?,
  string?,
];
const folder = mkdtempSync(join(tmpdir(), 'cnnviz-bench-run-'));
const clock = new EpochClock(Number(epochs));
try {
  await train({
    data,
    epochs: Number(epochs),
    precision,
    ...(cacheMemory === undefined ? {} : { cacheMemory: Number(cacheMemory) }),
    out: join(folder, 'run'),
    backend: 'native',
    onEvent(event) {
      if (event.type === 'epoch-started') clock.start(event.epoch);
      if (event.type === 'epoch-ended') clock.end(event.epoch, event.waitedFraction);
    },
  });
} finally {
  rmSync(folder, { recursive: true });
}
