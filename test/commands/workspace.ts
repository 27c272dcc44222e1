import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selectBackend } from '../../src/backend/select.js';
import { createRaster } from '../../src/base/raster.js';
import { buildModel } from '../../src/network/build.js';
import { describeModel } from '../../src/network/describe.js';
import { encodePng } from '../../src/rendering/png.js';
import { saveRun } from '../../src/runs/save-run.js';
import { makeCheckpoint, makeRunState } from '../runs/run-fixture.js';

/** A working folder with a tiny untrained network as runs/latest, two images and a file that is none. */
export interface Workspace {
  folder: string;
  remove(): void;
}

/** Layers conv2d_1 (10 x 10 x 4), max_pooling2d_1, conv2d_2, max_pooling2d_2, flatten_1, dense_1 (8), dense_2 (1). */
export async function makeWorkspace(): Promise<Workspace> {
  const folder = mkdtempSync(join(tmpdir(), 'cnnviz-workspace-'));
  await selectBackend('cpu');
  const model = buildModel({ imageSize: 12, filters: [4, 4], dense: 8, dropout: 0, classCount: 2 }, 1);
  const state = makeRunState({ model: describeModel(model) });
  await saveRun(
    join(folder, 'runs/first'),
    model,
    state,
    { checkpoint: makeCheckpoint(3, 6), best: { monitor: 'val_loss', value: 0.5 } },
    undefined,
  );
  model.dispose();
  symlinkSync('first', join(folder, 'runs/latest'));
  writeFileSync(join(folder, 'red.png'), encodePng(createRaster(20, 16, [200, 30, 10])));
  writeFileSync(join(folder, 'blue.png'), encodePng(createRaster(16, 20, [10, 30, 200])));
  writeFileSync(join(folder, 'broken.png'), 'not a picture');
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
