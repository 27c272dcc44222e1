// Whole epochs in cnnviz, as `cnnviz train` runs them: epochs IMAGES EPOCHS [CACHE_MEGABYTES]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { train } from '../../src/commands/train/index.js';
import { EpochClock } from './epoch-clock.js';

const [data, epochs, cacheMemory] = process.argv.slice(2) as [string, string, string?];
const folder = mkdtempSync(join(tmpdir(), 'cnnviz-bench-run-'));
const clock = new EpochClock(Number(epochs));
try {
  await train({
    data,
    epochs: Number(epochs),
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
