import { contestant, script } from '../contestant.js';
import { CPU_MS, PEAK_MB, type Scenario, WALL_MS } from '../scenario.js';

export const wasmStep: Scenario = {
  name: 'wasm-step',
  title: 'One training step on WebAssembly',
  isolates:
    'The same network and batch without native code, the mean of 2 steps after the first. Stock: tfjs-backend-wasm with ' +
    'nothing but the filter gradient that it lacks, which has one thread in Node.',
  metrics: [CPU_MS, WALL_MS, PEAK_MB],
  contestants: [
    contestant('cnnviz wasm', [script('wasm-step'), 'cnnviz', '2']),
    contestant('cnnviz wasm, one thread', [script('wasm-step'), 'one-thread', '2']),
    contestant('stock tfjs wasm', [script('wasm-step'), 'stock', '2']),
  ],
  comparisons: [
    { metric: 'cpuMs', of: 'cnnviz wasm, one thread', against: ['stock tfjs wasm'], label: 'CPU', target: 0.4 },
    { metric: 'wallMs', of: 'cnnviz wasm', against: ['cnnviz wasm, one thread'], label: 'threads', target: 0.65 },
    { metric: 'peakMB', of: 'cnnviz wasm', against: ['stock tfjs wasm'], label: 'peak memory' },
  ],
};
