import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../cli/run-program.js';

let home = '';

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'cnnviz-home-'));
});

afterAll(() => rmSync(home, { recursive: true }));

describe('cnnviz doctor', () => {
  it('says of every backend whether it works, and what native TensorFlow lacks', async () => {
    const { exitCode, stdout } = await runProgram(['doctor'], { env: { CNNVIZ_HOME: home } });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^native +no: .+ is not set up\. Run `cnnviz setup` to install it\.$/m);
    expect(stdout).toMatch(/^wasm +yes: 4\.22\.0, \d threads?, used by default$/m);
    expect(stdout).toMatch(/^cpu +yes: /m);
    expect(stdout).toMatch(/^webgpu +experimental, (not )?installed/m);
  });

  it.each(['1 thread', '2 threads'])('WebAssembly computes with %s where that is asked for', async (threads) => {
    const env = { CNNVIZ_HOME: home, CNNVIZ_WASM_THREADS: threads.charAt(0) };
    const { exitCode, stdout } = await runProgram(['doctor'], { env });
    expect([exitCode, /^wasm +yes: 4\.22\.0, (.+), used by default$/m.exec(stdout)?.[1]]).toEqual([0, threads]);
  });

  it('with --json says it as one object', async () => {
    const { stdout } = await runProgram(['doctor', '--json'], { env: { CNNVIZ_HOME: home } });
    expect(JSON.parse(stdout)).toMatchObject({
      type: 'result',
      selected: 'wasm',
      home,
      nodeVersion: process.versions.node,
    });
  });
});

describe('cnnviz setup', () => {
  it('refuses a wheel that is not there', async () => {
    const { exitCode, stdout, stderr } = await runProgram(['setup', '--from', 'none.whl'], {
      env: { CNNVIZ_HOME: home },
    });
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error: .*none\.whl/m);
  });
});
