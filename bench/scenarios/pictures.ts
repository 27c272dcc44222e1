// Commands that draw, as users wait for them: cold, for one image and for folders. Compared with an earlier build, on every
// Node that is named.
import { type CommandLine, cnnviz, commandLines, contestant, firstTestImage, testImages } from '../contestant.js';
import { type Comparison, type Contestant, CPU_S, PEAK_MB, type Place, type Scenario, WALL_S } from '../scenario.js';

const metrics = [WALL_S, CPU_S, PEAK_MB];

/** The same command on every Node, by this build and by the earlier one. */
function race(args: (place: Place) => string[], targets: { wallS?: number; cpuS?: number }) {
  const contestants = commandLines.map(({ name, ...line }) => contestant(name, command(line, args)));
  const comparisons = commandLines.flatMap(({ name, earlier }): Comparison[] => {
    if (earlier === undefined) return [];
    const pair = { of: name, against: [earlier] };
    return [
      { metric: 'wallS', ...pair, label: 'wall', ...(targets.wallS && { target: targets.wallS }) },
      { metric: 'cpuS', ...pair, label: 'CPU', ...(targets.cpuS && { target: targets.cpuS }) },
      { metric: 'peakMB', ...pair, label: 'peak memory' },
    ];
  });
  return { metrics, contestants, comparisons };
}

function command(
  { program, node }: Pick<CommandLine, 'program' | 'node'>,
  args: (place: Place) => string[],
): Contestant['command'] {
  return (place) => {
    const common = ['--model', place.trained.run, '--out', `${place.scratch}/pictures`];
    return [...(node === undefined ? [] : [node]), program, ...args(place), ...common];
  };
}

export const cold: Scenario = {
  name: 'cold',
  title: 'The pictures of eight layers, cold, by Node version and build',
  isolates:
    'One image, a whole command. The earlier build is CNNVIZ_BENCH_BEFORE, further Nodes are CNNVIZ_BENCH_NODES.',
  needsTrained: true,
  ...race((place) => ['activations', firstTestImage(place), '--layers', '8'], { wallS: 0.75, cpuS: 1.05 }),
};

export const explanations: Scenario = {
  name: 'explain',
  title: 'Thirty explanations',
  isolates: 'Thirty images, a whole command: gradients, maps over images, files.',
  needsTrained: true,
  ...race((place) => ['explain', ...testImages(place, 30)], { cpuS: 0.65 }),
};

export const activationsFolder: Scenario = {
  name: 'activations-folder',
  title: 'The pictures of eight layers of thirty images',
  isolates: 'Thirty images, a whole command: how much of drawing and encoding happens side by side.',
  needsTrained: true,
  ...race((place) => ['activations', ...testImages(place, 30), '--layers', '8'], { wallS: 0.55 }),
};

const grown = (count: number) => `${count} images`;
const counts = [30, 1000] as const;

export const growth: Scenario = {
  name: 'growth',
  title: 'Memory of activations, by the number of images',
  isolates: 'What stays of an image when the next one is shown. A thousand images take ten minutes and 4 GB of disk.',
  needsTrained: true,
  onRequest: true,
  metrics,
  contestants: counts.map((count) => {
    const line = { program: cnnviz, node: undefined };
    return contestant(
      grown(count),
      command(line, (place) => ['activations', ...testImages(place, count), '--layers', '8']),
    );
  }),
  comparisons: [{ metric: 'peakMB', of: grown(1000), against: [grown(30)], label: 'peak memory', target: 1.1 }],
};
