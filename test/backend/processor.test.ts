import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Bfloat16Support, findBfloat16Support, readProcessorFlags } from '../../src/backend/processor.js';

const AMX = new Set(['avx2', 'avx512f', 'amx_bf16']);
const AVX512 = new Set(['avx2', 'avx512f', 'avx512_bf16']);

test.each<[Bfloat16Support, string, ReadonlySet<string>, NodeJS.ProcessEnv]>([
  ['fast', 'AMX', AMX, {}],
  ['slow', 'AVX-512 without AMX', AVX512, {}],
  ['none', 'AVX2', new Set(['avx2']), {}],
  ['none', 'another system, which lists nothing', new Set(), {}],
  ['fast', 'AMX that oneDNN may use', AMX, { ONEDNN_MAX_CPU_ISA: 'AVX512_CORE_AMX' }],
  ['slow', 'AMX that oneDNN may not use', AMX, { ONEDNN_MAX_CPU_ISA: 'AVX512_CORE_BF16' }],
  ['none', 'AVX-512 that oneDNN may not use', AMX, { ONEDNN_MAX_CPU_ISA: 'AVX2' }],
  ['none', 'TensorFlow without oneDNN', AMX, { TF_ENABLE_ONEDNN_OPTS: '0' }],
])('bfloat16 is %s with %s', (support, _, flags, environment) => {
  expect(findBfloat16Support(flags, environment)).toBe(support);
});

test('the flags are those of the first processor that Linux lists', async () => {
  const path = join(await fs.mkdtemp(join(tmpdir(), 'cnnviz-cpuinfo-')), 'cpuinfo');
  await fs.writeFile(path, 'processor\t: 0\nmodel name\t: Abacus\nflags\t\t: fpu avx512f amx_bf16\nbugs\t\t: none\n');
  expect(readProcessorFlags(path)).toEqual(new Set(['fpu', 'avx512f', 'amx_bf16']));
});

test('a system without that list has none', () => {
  expect(readProcessorFlags('/nowhere/cpuinfo')).toEqual(new Set());
});
