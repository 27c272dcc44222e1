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

  it.each(['ENOSPC', 'EIO', 'EBADF'])('reports once, on the other stream, that one cannot be written (%s)', (code) => {
    for (const lost of ['stdout', 'stderr'] as const) {
      const streams = { stdout: memoryStream(), stderr: memoryStream() };
      const terminal = createTerminal(streams.stdout, streams.stderr, {});
      const error = Object.assign(new Error(code), { code });
      streams[lost].emit('error', error);
      streams[lost].emit('error', error);
      terminal.print('two');
      terminal.note('two');
      const others = streams[lost === 'stdout' ? 'stderr' : 'stdout'].text();
      expect(others).toMatch(RegExp(`^error: ${lost} cannot be written \\(.*\\); continuing without it\ntwo\n$`));
      expect([streams[lost].text(), terminal.isWhole, terminal.canAnimate]).toEqual(['', false, false]);
    }
  });

  it('takes what a stream throws for what it reports, as files do on Node 20', () => {
    const [stdout, stderr] = [memoryStream(), memoryStream()];
    stdout.write = () => {
      throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    };
    const terminal = createTerminal(stdout, stderr, {});
    terminal.print('one');
    terminal.print('two');
    expect(stderr.text()).toBe('error: stdout cannot be written (no space left on the disk); continuing without it\n');
  });

  it('says in JSON on stdout that stderr cannot be written', () => {
    const [stdout, stderr] = [memoryStream(), memoryStream()];
    const terminal = createTerminal(stdout, stderr, {});
    terminal.mode = 'json';
    stderr.emit('error', Object.assign(new Error('EBADF'), { code: 'EBADF' }));
    expect(JSON.parse(stdout.text())).toEqual({
      ...{ type: 'error', code: 'NOT_WRITABLE', exitCode: 1 },
      message: 'stderr cannot be written (it is closed); continuing without it',
    });
  });

  describe('a name in a line', () => {
    const name = 'a\x1b[2J\x07\r\nerror: b\x9b31m\u202egnp\u2028\ud800c\t.jpg';
    const shown = 'a\\x1b[2J\\x07\\r\\nerror: b\\x9b31m\\u202egnp\\u2028\\ud800c\\t.jpg';

    it('is shown escaped wherever people read it, and colors stay', () => {
      const [stdout, stderr] = [memoryStream(), memoryStream({ isTTY: true })];
      const terminal = createTerminal(stdout, stderr, { FORCE_COLOR: '1' });
      terminal.liveColors.level = 1;
      terminal.print(name);
      expect(stdout.text()).toBe(`${shown}\n`);
      terminal.note(name);
      terminal.note(name, 'dim');
      terminal.warn(name);
      terminal.alert(name, 'error:');
      terminal.write('stderr', `two\nlines${name}`);
      expect(stderr.text().split('\n')).toEqual([
        shown,
        `\x1b[2m${shown}\x1b[22m`,
        `\x1b[33mwarning:\x1b[39m ${shown}`,
        `\x1b[31merror:\x1b[39m ${shown}`,
        'two',
        `lines${shown.replace('\\n', '\n').split('\n')[0]}`,
        shown.replace('\\n', '\n').split('\n')[1],
      ]);
    });

    it('is itself in JSON, of which no byte acts', () => {
      const stdout = memoryStream();
      const terminal = createTerminal(stdout, memoryStream(), {});
      terminal.mode = 'json';
      terminal.json({ name });
      expect(JSON.parse(stdout.text())).toEqual({ name });
      expect(stdout.text()).toMatch(/^[\x20-\x7e]*\n$/);
    });
  });

  it('colors only what goes to a terminal, and only without NO_COLOR', () => {
    const isColored = (isTTY: boolean, env: NodeJS.ProcessEnv) =>
      createTerminal(memoryStream(), memoryStream({ isTTY }), env).liveColors.level > 0;
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
