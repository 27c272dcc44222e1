// Whether the same training gives the same bits here.

import { cpus } from 'node:os';
import type { SelectedBackend } from '../../backend/tfjs/backend.js';
import type { Trainer } from '../../engines/contract/trainer.js';
import type { Computer } from '../../runs/checkpoint.js';
import { readOwnVersion } from '../shared/versions.js';

/** What trains here and now. */
export function describeComputer(
  { name, version, threads }: SelectedBackend,
  { engine, precision }: Trainer,
  workers: number,
): Computer {
  const cpu = cpus()[0]?.model.trim() ?? 'unknown';
  return {
    backend: name,
    version,
    threads,
    cpu,
    engine,
    precision,
    cnnviz: readOwnVersion(),
    ...(workers > 1 && { workers }),
  };
}

const WORDS: Record<keyof Computer, string> = {
  backend: 'backend',
  version: "the backend's version",
  threads: 'threads',
  cpu: 'processor',
  engine: 'engine',
  precision: 'precision',
  cnnviz: 'cnnviz',
  workers: 'workers',
};

/** Why the same training may give other bits: `threads 4, now 2`; empty if the result is the same, as on wasm for any threads. */
export function compareComputers(before: Computer, now: Computer): string[] {
  const isWasm = before.backend === 'wasm' && now.backend === 'wasm';
  const keys = (Object.keys(WORDS) as (keyof Computer)[]).filter((key) => !(isWasm && key === 'threads'));
  const [then, here] = [before, now].map((computer) => ({ workers: 1, ...computer })) as [Computer, Computer];
  return keys.filter((key) => then[key] !== here[key]).map((key) => `${WORDS[key]} ${then[key]}, now ${here[key]}`);
}
