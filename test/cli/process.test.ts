import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorkspace, type Workspace } from '../commands/workspace.js';
import { programPath, runProgram } from './run-program.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
});

afterAll(() => workspace.remove());

/** The scripts that a command line loads, by V8's own account of what ran. */
async function listLoaded(...args: string[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cnnviz-coverage-'));
  try {
    await runProgram(args, { cwd: workspace.folder, env: { NODE_V8_COVERAGE: folder, CNNVIZ_BACKEND: 'cpu' } });
    const reports = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
    return reports.flatMap(({ result }) => result.map(({ url }: { url: string }) => url));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function listLoadedPackages(...args: string[]): Promise<Set<string>> {
  const urls = await listLoaded(...args);
  return new Set(urls.flatMap((url) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []));
}

describe('what is loaded', () => {
  it.each([
    '--help',
    'train --help',
    'activations --help',
    'doctor --help',
    '--version',
    'train --epocs 3',
    'summary',
    'activations red.png --model nowhere',
  ])('%s: nothing heavy', async (line) => {
    const packages = [...(await listLoadedPackages(...line.split(' ')))];
    expect(packages).toContain('commander');
    expect(packages.filter((name) => /^(@tensorflow|sharp|pngjs|yauzl|vega)/.test(name))).toEqual([]);
  });

  it('activations: some of it (so this would be seen)', async () => {
    const packages = [...(await listLoadedPackages('activations', 'red.png'))];
    expect(packages).toEqual(expect.arrayContaining(['@tensorflow/tfjs-core', 'sharp', 'pngjs']));
    // its WebGL, data pipelines and converter are of no use here
    expect(packages).not.toContain('@tensorflow/tfjs');
  });

  it('our own code comes from the bundle, in a few files: each costs a millisecond', async () => {
    const dist = new URL('../../dist/', import.meta.url).href;
    const own = (await listLoaded('activations', 'red.png')).filter((url) => url.startsWith(dist));
    expect(own.filter((url) => !url.startsWith(`${dist}bundle/`))).toEqual([]);
    expect(own.length).toBeGreaterThan(0);
    expect(own.length).toBeLessThan(5); // modules: 340
  });
});

describe('a reader that goes away', () => {
  it('ends the output, not the work, and is no crash', async () => {
    const child = spawn(process.execPath, [programPath, 'activations', 'red.png', '--out', 'unread'], {
      cwd: workspace.folder,
      env: { ...process.env, CNNVIZ_BACKEND: 'cpu' },
    });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const exitCode = await new Promise((resolve) => child.on('close', resolve));
    expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining('EPIPE')]);
    expect(readdirSync(join(workspace.folder, 'unread'))).toContain('manifest.json');
  });
});

describe('colors', () => {
  it('are off where NO_COLOR is set, even when forced', async () => {
    const args = ['activations', 'broken.png'];
    const settings = { cwd: workspace.folder, env: { CNNVIZ_BACKEND: 'cpu', FORCE_COLOR: '1' } };
    const escapeCode = '\u001b[';
    expect((await runProgram(args, settings)).stderr).toContain(escapeCode);
    const { stderr } = await runProgram(args, { ...settings, env: { ...settings.env, NO_COLOR: '1' } });
    expect(stderr).not.toContain(escapeCode);
  });
});
