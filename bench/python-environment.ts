import { spawnSync } from 'node:child_process';
import { existsSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A Python with the peers in it: CNNVIZ_BENCH_PYTHON, or a virtual environment that is made on first use (about 2 GB,
 * minutes) from `bench/peers/requirements.txt`, and created again when that file changes.
 */
export function providePython(repository: string, cache: string): string {
  const own = process.env.CNNVIZ_BENCH_PYTHON;
  if (own) return own;
  const requirements = join(repository, 'bench/peers/requirements.txt');
  const folder = join(cache, 'venv');
  const python = join(folder, 'bin/python');
  const stamp = join(folder, 'requirements.txt');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(requirements, 'utf8')) return python;

  console.error(`making the peers' Python environment in ${folder}`);
  rmSync(folder, { recursive: true, force: true });
  // pip's own output names where it downloads from, which is nobody's business: it goes to a file.
  const log = join(cache, 'pip.log');
  run('python3', ['-m', 'venv', folder], log);
  run(python, ['-m', 'pip', 'install', '--no-input', '-r', requirements], log);
  run('cp', [requirements, `${stamp}.part`], log);
  renameSync(`${stamp}.part`, stamp);
  return python;
}

function run(program: string, args: string[], log: string): void {
  const file = openSync(log, 'a');
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', file, file] });
  if (status !== 0) throw new Error(`${program} ${args[1]} failed (${error?.message ?? status}): see ${log}`);
}
