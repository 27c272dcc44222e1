import { expect, test } from 'vitest';
import { formatResults } from '../../bench/results.js';
import type { Scenario } from '../../bench/scenario.js';

const scenario: Scenario = {
  name: 'race',
  title: 'A race',
  isolates: 'Legs alone.',
  metrics: [{ key: 'cpuMs', label: 'CPU ms', digits: 1 }],
  contestants: [],
  comparisons: [
    { metric: 'cpuMs', of: 'hare', against: ['tortoise', 'snail'], label: 'CPU', target: 0.5 },
    { metric: 'cpuMs', of: 'tortoise', against: ['hare'], label: 'CPU', target: 0.5 },
    { metric: 'cpuMs', of: 'hare', against: ['absent'], label: 'CPU' },
  ],
};

test('the page shows medians, ratios against the best of several, and whether the target was met', () => {
  const rounds = new Map([
    ['hare', [{ cpuMs: 1 }, { cpuMs: 2 }, { cpuMs: 1 }]],
    ['tortoise', [{ cpuMs: 4 }, { cpuMs: 8 }, { cpuMs: 4 }]],
    ['snail', [{ cpuMs: 100 }, { cpuMs: 100 }, { cpuMs: 100 }]],
  ]);
  const page = formatResults([{ scenario, rounds }], ['a machine']);
  expect(page).toContain('- a machine');
  expect(page).toContain('Legs alone. 3 rounds.');
  expect(page).toContain('| snail | 100.0 |');
  expect(page).toContain('| hare, CPU | 0.25 | tortoise | ≤ 0.5: met |');
  expect(page).toContain('| tortoise, CPU | 4.00 | hare | ≤ 0.5: MISSED |');
  expect(page).not.toContain('absent');
});

test('a run replaces its own scenarios on the page and leaves the others, each with what it was measured on', () => {
  const race = (title: string, cpuMs: number) => ({
    scenario: { ...scenario, title },
    rounds: new Map([['hare', [{ cpuMs }]]]),
  });
  const both = formatResults([race('A race', 1), race('A walk', 2)], ['an old machine']);
  const page = formatResults([race('A race', 3), race('A swim', 4)], ['a new machine'], both);
  const sections = page.split('\n## ').slice(1);
  expect(sections.map((section) => section.split('\n')[0])).toEqual(['A race', 'A walk', 'A swim']);
  expect(sections.map((section) => /an? \w+ machine/.exec(section)?.[0])).toEqual([
    'a new machine',
    'an old machine',
    'a new machine',
  ]);
  expect(sections.map((section) => /hare \| (\S+)/.exec(section)?.[1])).toEqual(['3.0', '2.0', '4.0']);
  expect(formatResults([], [], page)).toBe(page);
});
