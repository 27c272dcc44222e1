import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { badArgument, CnnvizError } from '../../src/base/errors.js';
import { reportFailure } from '../../src/cli/failure.js';
import { createTerminal } from '../../src/cli/terminal.js';
import { memoryStream } from './memory-stream.js';

function report(error: unknown, mode: 'text' | 'json' | 'quiet' = 'text', interruptedWith?: number) {
  const [stdout, stderr] = [memoryStream(), memoryStream()];
  const terminal = createTerminal(stdout, stderr, {});
  terminal.mode = mode;
  const exitCode = reportFailure(error, terminal, interruptedWith);
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

describe('reportFailure', () => {
  it('says an expected failure in one line with what to do, and exits 1', () => {
    const error = new CnnvizError('NOT_FOUND', 'data: there is no folder "x".', { hint: 'Check --data.' });
    expect(report(error)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'error: data: there is no folder "x". Check --data.\n',
    });
  });

  it('exits 2 for a bad argument', () => {
    expect(report(badArgument('--batch-size', 'a whole number', 0.5))).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'error: --batch-size: expected a whole number, received 0.5\n',
    });
  });

  it('adds a JSON line in JSON mode', () => {
    const { stdout, stderr } = report(new CnnvizError('NO_MODEL', 'no model', { hint: 'Train.' }), 'json');
    expect(JSON.parse(stdout)).toEqual({
      type: 'error',
      code: 'NO_MODEL',
      message: 'no model',
      hint: 'Train.',
      exitCode: 1,
    });
    expect(stderr).toBe('error: no model. Train.\n');
  });

  it('still says errors when quiet', () => {
    expect(report(new CnnvizError('NO_MODEL', 'no model'), 'quiet').stderr).toBe('error: no model\n');
  });

  it('shows the stack of a bug and exits 70', () => {
    const { exitCode, stderr } = report(new TypeError('oops'));
    expect(exitCode).toBe(70);
    expect(stderr).toMatch(/^internal error: .*\nTypeError: oops\n\s+at /);
  });

  it('shows what was thrown though it is no error', () => {
    expect(report('oops')).toMatchObject({ exitCode: 70, stderr: expect.stringContaining('\noops\n') });
  });

  it('says nothing of work that a signal ended, and exits as the signal asks', () => {
    expect(report(new CnnvizError('ABORTED', 'aborted'), 'text', 130)).toEqual({
      exitCode: 130,
      stdout: '',
      stderr: '',
    });
  });

  it('does not let a signal hide another failure', () => {
    expect(report(new CnnvizError('DISK_FULL', 'disk full'), 'text', 130).exitCode).toBe(1);
  });

  it('leaves the text of usage errors to commander', () => {
    expect(report(new CommanderError(1, 'commander.unknownOption', 'x'))).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: '',
    });
    expect(report(new CommanderError(0, 'commander.helpDisplayed', 'x')).exitCode).toBe(0);
  });
});
