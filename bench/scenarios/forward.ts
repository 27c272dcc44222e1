import { APPLICATIONS } from '../applications.js';
import { contestant, peer, script } from '../contestant.js';
import { CPU_MS, PEAK_MB, type Scenario, WALL_MS } from '../scenario.js';

interface Targets {
  opByOp: number;
  keras: number;
}

const TARGETS: Record<string, { batch: string; targets: Targets }[]> = {
  MobileNetV2: [
    { batch: '20', targets: { opByOp: 0.45, keras: 1.1 } },
    { batch: '1', targets: { opByOp: 0.35, keras: 1.2 } },
  ],
  ResNet50: [
    { batch: '20', targets: { opByOp: 0.9, keras: 1.1 } },
    { batch: '1', targets: { opByOp: 0.65, keras: 1.2 } },
  ],
};

function forward(network: string, batch: string, targets: Targets): Scenario {
  const steps = batch === '1' ? '40' : '5';
  const ours = (name: string, engine: string) =>
    contestant(name, ({ applications }) => [
      ...[script('forward'), engine, `${applications}/${network}.keras`, batch, steps],
    ]);
  return {
    name: `forward-${network}-${batch}`,
    title: `${network}, forward, batch ${batch}`,
    isolates:
      'A network of keras.applications with random weights on images that are already in memory (3 batches to warm up, ' +
      `then the mean of ${steps}): the last layer's output alone.`,
    needsApplications: true,
    metrics: [CPU_MS, WALL_MS, PEAK_MB],
    contestants: [
      ours('cnnviz graph', 'graph'),
      ours('cnnviz op by op', 'layers'),
      contestant('Keras', ({ applications }) => [
        ...[peer('keras_forward'), `${applications}/${network}.keras`, batch, steps],
      ]),
    ],
    comparisons: [
      { metric: 'cpuMs', of: 'cnnviz graph', against: ['cnnviz op by op'], label: 'CPU', target: targets.opByOp },
      { metric: 'cpuMs', of: 'cnnviz graph', against: ['Keras'], label: 'CPU', target: targets.keras },
    ],
  };
}

/** Networks of others: one graph, op by op, and Keras's predict_on_batch. */
export const forwards: Scenario[] = APPLICATIONS.flatMap((network) =>
  (TARGETS[network] ?? []).map(({ batch, targets }) => forward(network, batch, targets)),
);
