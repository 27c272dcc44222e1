import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { readProcessorFlags } from '../src/backend/processor.js';

/** What the numbers were measured on and with, one fact a line. */
export function describeMachine(repository: string, python: string | undefined): string[] {
  const { version, dependencies } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    version: string;
    dependencies: Record<string, string>;
  };
  const [processor] = cpus();
  return [
    `${processor?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`,
    `Of its instruction sets: ${listFeatures()}`,
    `cnnviz ${version} (${readCommit(repository)}), Node ${process.versions.node}, tfjs ${dependencies['@tensorflow/tfjs-core']}`,
    ...(python === undefined ? [] : [describePython(python)]),
  ];
}

/** Those that decide how fast convolutions are. */
function listFeatures(): string {
  const flags = [...readProcessorFlags()].filter((flag) => /^(avx2$|avx512(f|_bf16|_fp16|_vnni)$|amx_)/.test(flag));
  return flags.length === 0 ? 'unknown' : flags.join(', ');
}

function readCommit(repository: string): string {
  const { stdout } = spawnSync('git', ['describe', '--always', '--dirty'], { cwd: repository, encoding: 'utf8' });
  return stdout?.trim() || 'no commit';
}

function describePython(python: string): string {
  const script =
    'import platform, importlib.metadata as m; print("Python", platform.python_version() + "," , ' +
    '", ".join(f"{n} {m.version(n)}" for n in ("tensorflow-cpu", "keras", "torch", "pillow", "matplotlib")))';
  return spawnSync(python, ['-c', script], { encoding: 'utf8' }).stdout.trim();
}
