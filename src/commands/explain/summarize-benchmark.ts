// Means, intervals and the verdict of a benchmark.

import { meanInterval } from '../../evaluation/mean-interval.js';
import { benchmarkFormat } from '../../explain/benchmark/benchmark-schema.js';
import { shareOf } from '../../explain/benchmark/mask-metrics.js';
import { decisiveOf, type MapMetrics, namePlace } from '../../explain/benchmark/measure-maps.js';
import { type Assessment, assessMethods, chooseMethod, type MeasuredMethod } from '../../explain/benchmark/verdict.js';
import type { Depth } from '../../network/redraw-weights.js';
import type { BenchmarkImage } from './benchmark-images.js';
import type {
  BenchmarkedControl,
  BenchmarkedMethod,
  BenchmarkReport,
  MeanMetrics,
  Redrawn,
} from './benchmark-result.js';
import { describeVerdict } from './describe-verdict.js';
import type { MeasuredControls, MeasuredSubject } from './measure-methods.js';

/** Everything that was measured. */
export interface BenchmarkMeasurements {
  /** of the weights */
  identity: string;
  images: readonly BenchmarkImage[];
  methods: readonly MeasuredSubject[];
  controls: MeasuredControls;
  /** in the order of the methods */
  redrawn: readonly Record<Depth, Redrawn>[];
}

/** The report of a benchmark. */
export function reportBenchmark(measured: BenchmarkMeasurements): BenchmarkReport {
  const { identity, images, controls } = measured;
  const compared = measured.methods.map((method, index) => compare(method, measured, index));
  const assessments = assessMethods(compared);
  const assessed = compared.map((method, index) => ({ ...method, ...(assessments[index] as Assessment) }));
  const methods = measured.methods.map(({ subject, own, mean }, index): BenchmarkedMethod => {
    const { strongest, difference, adjustedP, verdict, cpu } = assessed[index] as (typeof assessed)[number];
    return {
      ...{ method: subject.method, layer: namePlace(subject), verdict, strongest, difference, adjustedP },
      metrics: averageMetrics(own),
      decisive: meanInterval(own.map(decisiveOf)),
      meanMap: meanInterval(mean.map(decisiveOf)),
      redrawn: measured.redrawn[index] as Record<Depth, Redrawn>,
      cpuMilliseconds: cpu,
    };
  });
  const choice = chooseMethod(assessed);
  const nameOf = (index: number) => {
    const { method, layer } = methods[index] as BenchmarkedMethod;
    return { method, layer };
  };
  const withMasks = images.flatMap(({ masks }) => masks ?? []);
  const turns = images.flatMap(({ twinTurns }) => twinTurns ?? []);
  const report: Omit<BenchmarkReport, 'verdict'> = {
    ...benchmarkFormat,
    identity,
    imageCount: images.length,
    decides: withMasks.length > 0 ? 'head' : 'curves',
    ...(withMasks.length > 0 && { headShare: meanInterval(withMasks.map(({ head }) => shareOf(head))).mean }),
    ...(turns.length > 0 && { twins: { turned: turns.filter(Boolean).length, count: turns.length } }),
    controls: listControls(controls),
    methods,
    chosen: choice === undefined ? null : nameOf(choice.cheapest),
  };
  return { ...report, verdict: describeVerdict(report, choice && nameOf(choice.best)) };
}

function compare(
  { subject, own, mean, cpu }: MeasuredSubject,
  { controls, redrawn }: BenchmarkMeasurements,
  index: number,
): MeasuredMethod {
  const decisive = (metrics: readonly MapMetrics[] = []) => metrics.map(decisiveOf);
  const { afterMaps } = redrawn[index] as Record<Depth, Redrawn>;
  return {
    values: decisive(own),
    controls: {
      random: decisive(controls.random.get(namePlace(subject))),
      gaussian: decisive(controls.gaussian),
      edges: decisive(controls.edges),
      mean: decisive(mean),
    },
    redrawn: Math.max(afterMaps.signed, afterMaps.sizes),
    cpu,
  };
}

function listControls({ gaussian, edges, random }: MeasuredControls): BenchmarkedControl[] {
  const average = (metrics: readonly MapMetrics[]) => ({
    metrics: averageMetrics(metrics),
    decisive: meanInterval(metrics.map(decisiveOf)),
  });
  return [
    ...[...random].map(([layer, metrics]) => ({ control: 'random' as const, layer, ...average(metrics) })),
    { control: 'gaussian', ...average(gaussian) },
    { control: 'edges', ...average(edges) },
  ];
}

function averageMetrics(metrics: readonly MapMetrics[]): MeanMetrics {
  const names = Object.keys(metrics[0] ?? {}) as (keyof MapMetrics)[];
  return Object.fromEntries(names.map((name) => [name, meanInterval(metrics.map((each) => each[name] as number))]));
}
