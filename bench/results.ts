import type { Measurement } from './measure.js';
import type { Comparison, Scenario } from './scenario.js';
import { median, medianRatio } from './statistics.js';

/** A scenario's measurements by contestant, one per round; the rounds of all contestants are paired. */
export interface ScenarioResult {
  scenario: Scenario;
  rounds: Map<string, Measurement[]>;
}

const sectionStart = /^(?=## )/m;

/**
 * The page of results, in Markdown.
 *
 * @param facts what these were measured on and with
 * @param earlier the page so far: its other scenarios stay, each with what it was measured on
 */
export function formatResults(results: ScenarioResult[], facts: string[], earlier = ''): string {
  const sections = new Map(
    earlier
      .split(sectionStart)
      .slice(1)
      .map((section) => [titleOf(section), section.trimEnd()]),
  );
  for (const result of results) {
    const section = formatScenario(result, facts).join('\n');
    sections.set(titleOf(section), section);
  }
  const head = [
    '# Benchmark results',
    '',
    'Written by `npm run bench`. The contestants of a scenario take turns, each in a process of its own; every number is',
    'the median over the rounds, every ratio the median of the ratios within a round (below 1: cnnviz needs less). A run',
    'replaces the scenarios that it measured; each states what it was measured on.',
  ].join('\n');
  return `${[head, ...sections.values()].join('\n\n')}\n`;
}

function titleOf(section: string): string {
  return section.split('\n', 1)[0] as string;
}

function formatScenario({ scenario, rounds }: ScenarioResult, facts: string[]): string[] {
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
    `## ${title}`,
    '',
    `${isolates} ${taken} ${taken === 1 ? 'round' : 'rounds'}.`,
    '',
    ...facts.filter((fact) => fact !== '').map((fact) => `- ${fact}`),
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
