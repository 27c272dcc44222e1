import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createProgress } from '../../src/cli/progress.js';
import { createTerminal } from '../../src/cli/terminal.js';
import { memoryStream } from './memory-stream.js';
import { Screen } from './screen.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function openScreen(columns: number) {
  const screen = new Screen(columns);
  const stream = Object.assign(new EventEmitter(), {
    isTTY: true,
    columns,
    write: (text: string) => {
      screen.write(text);
      return true;
    },
  });
  const resize = (width: number) => {
    screen.resize(width);
    stream.columns = width;
  };
  const terminal = createTerminal(memoryStream(), stream as unknown as NodeJS.WriteStream, { NO_COLOR: '1' });
  const progress = createProgress(terminal);
  const step = (done: number) => {
    progress.update('Epoch 1', done, 100, `loss 0.5 ${'and more '.repeat(9)}`);
    vi.advanceTimersByTime(150);
  };
  return { screen, resize, terminal, progress, step };
}

it('gives what is said meanwhile a line of its own, whole, and goes on below it', () => {
  const { screen, terminal, progress, step } = openScreen(60);
  const sentence = 'Stopping after the current step; interrupt again.';
  step(1);
  screen.write('^C');
  terminal.note(sentence);
  expect(screen.rows).toEqual([sentence, '']);
  step(2);
  expect(screen.rows).toEqual([sentence, expect.stringMatching(/^Epoch 1 .* {2}2\/100/)]);
  vi.advanceTimersByTime(1000);
  terminal.alert('an error', 'error:');
  progress.clear();
  expect(screen.rows).toEqual([sentence, 'error: an error', '']);
});

it('takes away what was announced as soon as there is something else to see', () => {
  const { screen, resize, terminal, progress, step } = openScreen(40);
  progress.announce('Starting TensorFlow, which takes longer than this line is wide ...');
  expect(screen.rows).toEqual([expect.stringMatching(/^Starting TensorFlow/)]);
  resize(20);
  terminal.note('Backend: native');
  expect(screen.rows).toEqual(['Backend: native', '']);
  progress.announce('Compiling ...');
  step(1);
  expect(screen.rows).toEqual(['Backend: native', expect.stringMatching(/^Epoch 1 /)]);
  progress.announce('Compiling ...');
  progress.clear();
  expect(screen.rows).toEqual(['Backend: native', '']);
});

it('leaves nothing on the screen after the window was resized', () => {
  const { screen, resize, terminal, progress, step } = openScreen(120);
  terminal.note('before');
  for (const [at, columns] of [120, 60, 30, 140, 45].entries()) {
    resize(columns);
    step(at + 1);
    expect(screen.rows).toHaveLength(2);
  }
  progress.clear();
  terminal.note('after');
  expect(screen.rows).toEqual(['before', 'after', '']);
});
