import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runProgram } from './run-program.js';

describe('cnnviz without a task', () => {
  it('prints its help and exits 0', async () => {
    const { exitCode, stdout, stderr } = await runProgram(['--help']);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Usage: cnnviz');
  });

  it('prints its version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await runProgram(['--version'])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
  });
});
