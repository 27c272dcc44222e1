// The book's second run in cnnviz, as `cnnviz train` runs it: augmented IMAGES. Reports the mean of one step of the
// second epoch: by then every image is decoded, as it is in all but one of such a run's 100 epochs.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { train } from '../../src/commands/train/index.js';
import { report, startClock } from './clock.js';

const data = process.argv[2] as string;
const folder = mkdtempSync(join(tmpdir(), 'cnnviz-bench-run-'));
let read = startClock();
try {
  await train({
    data,
    recipe: 'augmented',
    epochs: 2,
    stepsPerEpoch: 63,
    validationSteps: 1,
    out: join(folder, 'run'),
    backend: 'native',
    onEvent(event) {
      if (event.type === 'epoch-started') read = startClock();
      if (event.type !== 'step' || event.epoch !== 2 || event.step !== event.steps) return;
      const { wallMs, cpuMs } = read();
      report({ wallMs: wallMs / event.steps, cpuMs: cpuMs / event.steps });
    },
  });
} finally {
  rmSync(folder, { recursive: true });
}
