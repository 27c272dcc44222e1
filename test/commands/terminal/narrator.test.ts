import { describe, expect, it } from 'vitest';
import { createTerminal } from '../../../src/cli/terminal.js';
import { layerDescribers } from '../../../src/commands/activations/cli-events.js';
import type { LayerEvent } from '../../../src/commands/activations/events.js';
import type { SharedEvent } from '../../../src/commands/shared/events.js';
import { createNarrator } from '../../../src/commands/terminal/narrator.js';
import { describeTraining } from '../../../src/commands/train/cli-events.js';
import type { TrainingEvent } from '../../../src/commands/train/events.js';
import { memoryStream } from '../../cli/memory-stream.js';

type Own = TrainingEvent | LayerEvent;

function tell(events: (SharedEvent | Own)[], isTTY = false): { stdout: string; stderr: string } {
  const [stdout, stderr] = [memoryStream(), memoryStream({ isTTY, columns: 120 })];
  const narrator = createNarrator<Own>(createTerminal(stdout, stderr, { NO_COLOR: '1' }), {
    ...describeTraining(),
    ...layerDescribers,
  });
  for (const event of events) narrator.onEvent(event);
  narrator.finish();
  return { stdout: stdout.text(), stderr: stderr.text() };
}

const step: TrainingEvent = {
  type: 'step',
  epoch: 1,
  step: 2,
  steps: 4,
  loss: 0.5,
  accuracy: 0.75,
  imagesPerSecond: 99.6,
  remainingMs: 61_000,
};

describe('the narrator', () => {
  it('has the shapes of layers below each other, also of those with the longest names', () => {
    const rest = { shape: [1, 5, 5, 4], zeroCount: 0, nonFiniteCount: 0 };
    const names = ['conv2d_1', 'batch_normalization_5'];
    const { stdout } = tell(names.map((name) => ({ type: 'layer', name, ...rest })));
    expect(stdout).toBe('  conv2d_1              (1, 5, 5, 4)\n  batch_normalization_5 (1, 5, 5, 4)\n');
  });

  it('says once that native TensorFlow is not used, why, and what to do', () => {
    const refusal = { name: 'native', reason: 'it is not set up.', hint: 'Run `cnnviz setup`.' } as const;
    const { stderr } = tell([{ type: 'backend', name: 'wasm', version: '4', threads: 1, refusals: [refusal] }]);
    expect(stderr).toBe(
      'warning: native TensorFlow is not used, so this will be slower: it is not set up. Run `cnnviz setup`.\n' +
        'Backend: WebAssembly 4, 1 thread\n',
    );
  });

  it('prints the address of a page in quiet mode too, and an object alone in JSON mode', () => {
    const event: TrainingEvent = { type: 'live', url: 'http://127.0.0.1:1/token/', path: '/run' };
    const printed = (['text', 'quiet', 'json'] as const).map((mode) => {
      const [stdout, stderr] = [memoryStream(), memoryStream()];
      const terminal = createTerminal(stdout, stderr, { NO_COLOR: '1' });
      terminal.mode = mode;
      createNarrator<Own>(terminal, { ...describeTraining(), ...layerDescribers }).onEvent(event);
      return stdout.text() + stderr.text();
    });
    const line = 'Live: http://127.0.0.1:1/token/\n';
    expect(printed).toEqual([line, line, `${JSON.stringify(event)}\n`]);
  });

  it('draws a bar on a terminal, with loss and its course, accuracy, time left and speed', () => {
    const { stderr } = tell([step], true);
    expect(stderr).toContain(
      'Epoch 1 ━━━━━━━━━━━━──────────── 2/4  loss 0.5000 ▄             accuracy 0.7500  1:01 left  100 images/s',
    );
  });

  it('shows how far recognizing the images of a run is', () => {
    const { stdout, stderr } = tell([{ type: 'image-recognized', done: 2000, total: 4000 }], true);
    expect(stderr).toContain('Recognizing ━━━━━━━━━━━━──────────── 2000/4000  files');
    expect(stdout).toBe('');
  });

  it('says on a terminal what takes a while, and nowhere else', () => {
    const start: SharedEvent = { type: 'stage', stage: 'starting-backend' };
    expect(tell([start], true).stderr).toContain('Starting TensorFlow ...');
    expect(tell([start])).toEqual({ stdout: '', stderr: '' });
  });

  it('is silent about steps elsewhere', () => {
    expect(tell([step])).toEqual({ stdout: '', stderr: '' });
  });

  it('names bad images when they are found, and counts them at the end', () => {
    const { stderr } = tell([
      { type: 'bad-image', path: 'a.jpg', reason: 'it is empty' },
      { type: 'warning', message: 'something else' },
    ]);
    expect(stderr).toBe('warning: skipped a.jpg: it is empty\nwarning: something else\nSkipped 1 bad image.\n');
  });

  it('warns of NaN in a layer', () => {
    const { stdout, stderr } = tell([
      { type: 'layer', name: 'conv2d_1', shape: [1, 2, 2, 8], zeroCount: 3, nonFiniteCount: 2 },
    ]);
    expect(stdout).toBe('  conv2d_1              (1, 2, 2, 8)  3 channels all 0\n');
    expect(stderr).toBe('warning: conv2d_1: NaN or infinite values in 2 channels of 8\n');
  });
});
