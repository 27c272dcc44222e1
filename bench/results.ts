import type { Measurement } from './measure.js';
import type { Comparison, Scenario } from './scenario.js';
import { median, medianRatio } from './statistics.js';

/** A scenario's measurements by contestant, one per round; the rounds of all contestants are paired. */
export interface ScenarioResult {
  scenario: Scenario;
  rounds: Map<string, Measurement[]>;
}

/** The page of results, in Markdown. */
export function formatResults(results: ScenarioResult[], facts: string[]): string {
  return [
    '# Benchmark results',
    '',
    'Written by `npm run bench`. The contestants of a scenario take turns, each in a process of its own; every number is',
    'the median over the rounds, every ratio the median of the ratios within a round (below 1: cnnviz needs less).',
    '',
    ...facts.map((fact) => `- ${fact}`),
    ...results.flatMap(formatScenario),
    '',
  ].join('\n');
}

function formatScenario({ scenario, rounds }: ScenarioResult): string[] {
  const { title, isolates, metrics, comparisons } = scenario;
  const taken = [...rounds.values()][0]?.length ?? 0;
  const rows = [...rounds].map(([name, measurements]) => [
    name,
    ...metrics.map(({ key, digits }) =>
      formatMedian(
        measurements.flatMap((m) => m[key] ?? []),
        digits,
      ),
    ),
  ]);
  const ratios = comparisons.flatMap((comparison) => formatComparison(comparison, rounds));
  return [
    '',
    `## ${title}`,
    '',
    `${isolates} ${taken} ${taken === 1 ? 'round' : 'rounds'}.`,
    '',
    ...formatTable(['contestant', ...metrics.map(({ label }) => label)], rows),
    ...(ratios.length > 0 ? ['', ...formatTable(['ratio', 'median', 'against', 'target'], ratios)] : []),
  ];
}

/** Not every contestant reports every number. */
function formatMedian(values: number[], digits: number): string {
  return values.length === 0 ? '' : median(values).toFixed(digits);
}

function formatComparison(comparison: Comparison, rounds: Map<string, Measurement[]>): string[][] {
  const { metric, of, label, target } = comparison;
  const series = (name: string) => (rounds.get(name) ?? []).map((measurement) => measurement[metric] ?? Number.NaN);
  const present = comparison.against.filter((name) => rounds.has(name));
  if (!rounds.has(of) || present.length === 0) return [];
  const best = present.reduce((a, b) => (median(series(b)) < median(series(a)) ? b : a));
  const ratio = medianRatio(series(of), series(best));
  return [[`${of}, ${label}`, ratio.toFixed(2), best, formatTarget(ratio, target)]];
}

function formatTarget(ratio: number, target: number | undefined): string {
  if (target === undefined) return '';
  return `≤ ${target}: ${ratio <= target ? 'met' : 'MISSED'}`;
}

function formatTable(head: string[], rows: string[][]): string[] {
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}
