// npm run bench [-- --peers] [--only SCENARIO] [--contestant NAME] [--rounds N]: see bench/README.md
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findBfloat16Support } from '../src/backend/processor.js';
import { provideApplications } from './applications.js';
import { describeMachine } from './machine.js';
import { type Measurement, measure } from './measure.js';
import { findPhotographs } from './photographs.js';
import { providePython } from './python-environment.js';
import { formatResults, type ScenarioResult } from './results.js';
import type { Place, Scenario } from './scenario.js';
import { scenarios } from './scenarios.js';
import { provideTrained } from './trained.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(repository, '.bench');

const { values } = parseArgs({
  options: {
    peers: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    contestant: { type: 'string', multiple: true },
    rounds: { type: 'string', default: '7' },
  },
});
const rounds = Number(values.rounds);
if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error(`--rounds: expected a count, received ${values.rounds}`);

mkdirSync(cache, { recursive: true });
const python = values.peers ? providePython(repository, cache) : undefined;
const photographs = findPhotographs(repository, cache);
const chosen = chooseScenarios(values.only);
const place: Place = {
  photographs: photographs.folder,
  trained: provideTrained(repository, cache, photographs.folder, python, chosen),
  applications: provideApplications(cache, python, chosen),
  python,
  scratch: '',
};
const facts = [
  ...describeMachine(repository, python),
  new Date().toISOString().slice(0, 10),
  `Data: ${photographs.description}`,
];

const page = join(repository, 'bench/results.md');
for (const scenario of chosen) {
  const result = await runScenario(scenario);
  // Written after each scenario, so that a long run which is interrupted leaves what it has.
  writeFileSync(page, formatResults([result], facts, existsSync(page) ? readFileSync(page, 'utf8') : ''));
}

function chooseScenarios(names: string[] | undefined): Scenario[] {
  if (names === undefined) {
    const hasAmx = findBfloat16Support() === 'fast';
    return scenarios.filter(
      (each) => !each.onRequest && (python || !each.needsApplications) && (hasAmx || !each.needsAmx),
    );
  }
  return names.map((name) => {
    const scenario = scenarios.find((candidate) => candidate.name === name);
    if (scenario) return scenario;
    throw new Error(`--only: expected one of ${scenarios.map((s) => s.name).join(', ')}, received ${name}`);
  });
}

async function runScenario(scenario: Scenario): Promise<ScenarioResult> {
  const contestants = scenario.contestants
    .filter(({ command }) => python || !command(place)[0]?.endsWith('.py'))
    .filter(({ name }) => values.contestant === undefined || values.contestant.includes(name));
  const measured = new Map<string, Measurement[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const contestant of contestants) {
      const measurement = await measure(contestant, place);
      measured.get(contestant.name)?.push(measurement);
      const shown = scenario.metrics.flatMap(({ key, label, digits }) => {
        const value = measurement[key];
        return value === undefined ? [] : [`${value.toFixed(digits)} ${label}`];
      });
      console.log(`${scenario.name} ${round}/${rounds} ${contestant.name}: ${shown.join(', ')}`);
    }
  }
  return { scenario, rounds: measured };
}
