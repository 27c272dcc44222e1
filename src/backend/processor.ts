// What this processor computes bfloat16 with.

import { readFileSync } from 'node:fs';

/**
 * fast: by matrix instructions (AMX), a convolution in a third of float32's time; slow: by AVX-512, slower than float32; none:
 * TensorFlow refuses. Two to four times slower was measured with `ONEDNN_MAX_CPU_ISA`, on one processor of Intel's.
 */
export type Bfloat16Support = 'fast' | 'slow' | 'none';

/**
 * The instruction sets that Linux lists; none on other systems.
 *
 * @internal exported for the benchmark, which names them
 */
export function readProcessorFlags(path = '/proc/cpuinfo'): ReadonlySet<string> {
  try {
    const [, flags = ''] = /^flags\s*:(.*)$/m.exec(readFileSync(path, 'utf8')) ?? [];
    return new Set(flags.trim().split(/\s+/));
  } catch {
    return new Set();
  }
}

/** @param environment can keep TensorFlow's oneDNN from instructions that are there */
export function findBfloat16Support(
  flags: ReadonlySet<string> = readProcessorFlags(),
  environment: NodeJS.ProcessEnv = process.env,
): Bfloat16Support {
  const { ONEDNN_MAX_CPU_ISA: limit = 'ALL', TF_ENABLE_ONEDNN_OPTS } = environment;
  const mayUse = (names: RegExp) => /^(ALL|DEFAULT)$/i.test(limit) || names.test(limit);
  if (TF_ENABLE_ONEDNN_OPTS === '0' || !flags.has('avx512f') || !mayUse(/^AVX(512|10)/i)) return 'none';
  return flags.has('amx_bf16') && mayUse(/AMX/i) ? 'fast' : 'slow';
}
