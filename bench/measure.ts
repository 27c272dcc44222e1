import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contestant, Place } from './scenario.js';

const bench = fileURLToPath(new URL('../../bench/', import.meta.url));

/** Numbers by metric key. */
export type Measurement = Record<string, number>;

/**
 * Runs a contestant in a process of its own. Wall time is taken around the process; CPU time (user and system, all
 * threads) and peak memory are the process's own account at its end. A last line of JSON on its standard output adds
 * numbers or replaces these.
 */
export async function measure(contestant: Contestant, place: Place): Promise<Measurement> {
  const scratch = mkdtempSync(join(tmpdir(), 'cnnviz-bench-'));
  const usageFile = join(scratch, 'usage.json');
  try {
    const [program, ...args] = withUsageHook(contestant.command({ ...place, scratch }), place);
    const start = performance.now();
    const output = await run(program as string, args, {
      ...process.env,
      TF_CPP_MIN_LOG_LEVEL: '3',
      BENCH_USAGE: usageFile,
    });
    const wallMs = performance.now() - start;
    const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as { cpuMs: number; peakMB: number };
    return { wallMs, wallS: wallMs / 1000, cpuS: usage.cpuMs / 1000, ...usage, ...ownNumbers(output) };
  } catch (error) {
    throw new Error(`${contestant.name}: ${(error as Error).message}`, { cause: error });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function withUsageHook(command: string[], place: Place): string[] {
  const [script, ...args] = command as [string, ...string[]];
  if (extname(script) === '.py') return [place.python ?? 'python3', join(bench, 'peers/usage.py'), script, ...args];
  const [node, program, rest] =
    extname(script) === '.js' ? [process.execPath, script, args] : [script, args[0], args.slice(1)];
  return [node, '--import', new URL('usage.js', import.meta.url).href, program as string, ...rest];
}

function run(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(Buffer.concat(output).toString());
      else reject(new Error(`ended with ${code ?? signal}\n${Buffer.concat(errors).toString().slice(-2000)}`));
    });
  });
}

function ownNumbers(output: string): Measurement {
  const last = output.trim().split('\n').at(-1) ?? '';
  return last.startsWith('{"bench":') ? (JSON.parse(last) as { bench: Measurement }).bench : {};
}
