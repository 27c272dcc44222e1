import { describe, expect, it } from 'vitest';
import { createTerminal, type OutputMode } from '../../src/cli/terminal.js';
import { memoryStream } from './memory-stream.js';

function sayEverything(mode: OutputMode) {
  const [stdout, stderr] = [memoryStream(), memoryStream()];
  const terminal = createTerminal(stdout, stderr, {});
  terminal.mode = mode;
  terminal.print('result');
  terminal.json({ type: 'result' });
  terminal.note('note');
  terminal.alert('alert');
  return [stdout.text(), stderr.text()];
}

describe('the terminal', () => {
  it.each<[OutputMode, string, string]>([
    ['text', 'result\n', 'note\nalert\n'],
    ['json', '{"type":"result"}\n', 'alert\n'],
    ['quiet', '', 'alert\n'],
  ])('in %s mode writes only what belongs there', (mode, stdout, stderr) => {
    expect(sayEverything(mode)).toEqual([stdout, stderr]);
  });

  it('stops writing, and does not throw, when the reader goes away', () => {
    const stdout = memoryStream();
    const terminal = createTerminal(stdout, memoryStream(), {});
    terminal.print('one');
    stdout.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    terminal.print('two');
    expect(stdout.text()).toBe('one\n');
  });

  it('does not swallow other errors of the stream', () => {
    const stdout = memoryStream();
    createTerminal(stdout, memoryStream(), {});
    expect(() => stdout.emit('error', Object.assign(new Error('no space'), { code: 'ENOSPC' }))).toThrow('no space');
  });

  it('colors only what goes to a terminal, and only without NO_COLOR', () => {
    const isColored = (isTTY: boolean, env: NodeJS.ProcessEnv) =>
      createTerminal(memoryStream({ isTTY }), memoryStream(), env).out.level > 0;
    expect(isColored(false, {})).toBe(false);
    expect(isColored(true, { NO_COLOR: '1' })).toBe(false);
  });

  it('animates only on a terminal that can, in text mode', () => {
    const canAnimate = (isTTY: boolean, env: NodeJS.ProcessEnv, mode: OutputMode) => {
      const terminal = createTerminal(memoryStream(), memoryStream({ isTTY }), env);
      terminal.mode = mode;
      return terminal.canAnimate;
    };
    expect(canAnimate(true, {}, 'text')).toBe(true);
    expect(canAnimate(false, {}, 'text')).toBe(false);
    expect(canAnimate(true, { TERM: 'dumb' }, 'text')).toBe(false);
    expect(canAnimate(true, {}, 'json')).toBe(false);
  });
});
