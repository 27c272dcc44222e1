// `cnnviz explain`, and `cnnviz explain --benchmark`.

import { methodNames } from '../../explain/methods.js';
import { flagName } from '../../options/flag-name.js';
import { folder, texts } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { OptionsOf } from '../../options/option-types.js';
import type { WorkflowOptions } from '../shared/events.js';
import { defineCommand } from '../terminal/command.js';
import { findView } from '../terminal/find-view.js';
import { OPEN_OPTION, VERBOSE_OPTION } from '../terminal/view-options.js';
import { BENCHMARK_CHOICES, type BenchmarkOptions } from './benchmark-options.js';
import type { BenchmarkResult } from './benchmark-result.js';
import { showBenchmark } from './cli-benchmark.js';
import type { ExplainResult } from './index.js';
import { EXPLAIN_OPTIONS } from './options.js';

const { images: _, ...explainOptions } = EXPLAIN_OPTIONS;

const options = {
  /** image files, or folders of them; none with a benchmark */
  images: texts({
    argument: 'many',
    help: 'image files, or folders of them',
    expected: 'at least one image file or folder',
    completes: 'file',
  }),
  ...explainOptions,
  ...section('Benchmark', {
    benchmark: folder({
      help: 'measure how far methods can be trusted on this network, on a folder of labeled images',
    }),
  }),
  ...BENCHMARK_CHOICES,
  ...section('Output', { ...VERBOSE_OPTION, ...OPEN_OPTION }),
};

type Given = OptionsOf<typeof options> & WorkflowOptions;

export const explainCommand = defineCommand<typeof options, ExplainResult | BenchmarkResult>({
  name: 'explain',
  group: 'See what a network sees',
  summary: 'show where in an image the evidence for a class lies',
  description:
    'Show where in an image the network finds evidence for each class, as an overlay. With --benchmark, measure how far\n' +
    'the methods can be trusted on this network.',
  options,
  findMisuse,
  run,
  show: (result, terminal) => {
    if ('report' in result) showBenchmark(result, terminal);
  },
  findView: (result) =>
    'report' in result
      ? result.out
      : findView(result.images, ['methods.png', ...methodNames.map((name) => `${name}.png`)]),
});

/** What belongs to the one kind of call is refused in the other. */
function findMisuse({ images = [], benchmark, ...given }: Given): string | undefined {
  if (images.length > 0 && benchmark !== undefined) return 'error: --benchmark: takes no images besides its folder';
  if (images.length === 0 && benchmark === undefined) {
    return 'error: say which images to explain: cnnviz explain IMAGE, or --benchmark DIR';
  }
  const [names, reason] =
    benchmark === undefined
      ? [['imageCount', 'split', 'seed'] as const, 'expected together with --benchmark']
      : [['classes', 'smooth', 'npy', 'unlike'] as const, 'not with --benchmark, which explains the predicted class'];
  const wrong = names.find((name) => given[name] !== undefined);
  return wrong && `error: --${flagName(wrong, options[wrong])}: ${reason}`;
}

async function run({ images = [], benchmark, ...given }: Given): Promise<ExplainResult | BenchmarkResult> {
  if (benchmark === undefined) return (await import('./index.js')).explain({ ...given, images });
  const { benchmarkExplanations } = await import('./benchmark.js');
  // A benchmark's own table refuses "auto", which follows it.
  return benchmarkExplanations({ ...given, data: benchmark } as BenchmarkOptions);
}
