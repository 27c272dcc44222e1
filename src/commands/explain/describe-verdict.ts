// The verdict of a benchmark in words.

import { formatFixed } from '../../base/numbers.js';
import type { MeanInterval } from '../../evaluation/mean-interval.js';
import type { ControlName } from '../../explain/benchmark/controls.js';
import { redrawnAtMost } from '../../explain/benchmark/verdict.js';
import { getMethod, type MethodName } from '../../explain/methods.js';
import type { BenchmarkedMethod, BenchmarkReport } from './benchmark-result.js';

/** What a control is called. */
const controlTitles: Record<ControlName, string> = {
  random: 'a random map',
  gaussian: 'a blob in the middle',
  edges: 'an edge filter',
  mean: 'the mean map of other images',
};

/** A method at a layer, in words. */
export function nameSubject({ method, layer }: { method: MethodName; layer: string }): string {
  const { title, of } = getMethod(method);
  return of === 'input' ? title : `${title} at ${layer}`;
}

/** Which methods to trust on this network, and which not. No order between the others: none was found that holds. */
export function describeVerdict(
  report: Omit<BenchmarkReport, 'verdict'>,
  best: { method: MethodName; layer: string } | undefined,
): string[] {
  const { methods, chosen, twins } = report;
  const namesOf = (verdict: BenchmarkedMethod['verdict']) =>
    methods.filter((method) => method.verdict === verdict).map(nameSubject);
  const atChance = namesOf('atChance');
  const ignoring = namesOf('ignoresWeights');
  return [
    ...(best === undefined || chosen === null ? [describeNone()] : describeBest(report, best, chosen)),
    ...(atChance.length > 0
      ? [`Not shown to be better than a map that explains nothing: ${atChance.join(', ')}.`]
      : []),
    ...(ignoring.length > 0
      ? [
          `Much the same map with the last layers redrawn (rank correlation ${redrawnAtMost} or more): ${ignoring.join(', ')}.`,
        ]
      : []),
    ...(twins && twins.turned < turningAtLeast * twins.count
      ? [
          `Only ${twins.turned} of ${twins.count} twins change the answer: this network decides by more than the head, so these numbers say less.`,
        ]
      : []),
  ];
}

/** Of the twins; below it the head is not what the network decides by. */
const turningAtLeast = 0.9;

function describeNone(): string {
  return 'No method is shown to be trustworthy on this network: none beats every map that explains nothing and depends on the last layers.';
}

function describeBest(
  { methods, decides }: Omit<BenchmarkReport, 'verdict'>,
  best: { method: MethodName; layer: string },
  chosen: { method: MethodName; layer: string },
): string[] {
  const find = ({ method, layer }: { method: MethodName; layer: string }) =>
    methods.find((each) => each.method === method && each.layer === layer) as BenchmarkedMethod;
  const { difference, strongest } = find(best);
  const metric = decides === 'head' ? 'evidence inside the head' : 'insertion minus deletion';
  const first = `Best: ${nameSubject(best)}, ${formatSigned(difference)} above ${controlTitles[strongest]} in ${metric}.`;
  if (nameSubject(chosen) === nameSubject(best)) return [first];
  return [first, `Cheapest that is about as good: ${nameSubject(chosen)}, which --method auto takes.`];
}

/** `+0.18 (0.15 to 0.21)` */
function formatSigned({ mean, low, high }: MeanInterval): string {
  return `${mean < 0 ? '' : '+'}${formatFixed(mean, 2)} (${formatFixed(low, 2)} to ${formatFixed(high, 2)})`;
}
