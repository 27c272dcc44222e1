import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { GLOBAL_OPTIONS } from '../src/commands/terminal/global-options.js';
import { TRAIN_OPTIONS, type TrainOptions } from '../src/commands/train/options.js';
import { RECIPE_NAMES } from '../src/commands/train/recipe-names.js';
import { resolveTrainOptions } from '../src/commands/train/settings.js';
import { flagName } from '../src/options/flag-name.js';
import { COMMANDS } from '../src/program.js';

const { PAGE, SCHEMA, renderOptionsPage, renderRunSchema } = (await import(
  new URL('../scripts/options-page.mjs', import.meta.url).href
)) as {
  PAGE: string;
  SCHEMA: string;
  renderOptionsPage(commands: typeof COMMANDS, globalOptions: typeof GLOBAL_OPTIONS, name: typeof flagName): string;
  renderRunSchema(table: typeof TRAIN_OPTIONS): string;
};

test('docs/options.md and data/run.schema.json are those of the tables: npm run options-page', () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(renderOptionsPage(COMMANDS, GLOBAL_OPTIONS, flagName));
  expect(readFileSync(SCHEMA, 'utf8')).toBe(renderRunSchema(TRAIN_OPTIONS));
});

const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')));

/** What the schema says against options, as a run.json would hold them. */
function findFaults(options: object): string[] {
  validate(JSON.parse(JSON.stringify({ classNames: ['a', 'b'], options })));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test.each(['finished-run', 'interrupted-run'])('the schema takes the run.json of an earlier version: %s', (name) => {
  const run = readFileSync(new URL(`fixtures/saved/${name}/run.json`, import.meta.url), 'utf8');
  expect(findFaults(JSON.parse(run).options)).toEqual([]);
});

test.each<TrainOptions>([
  { data: 'x' },
  ...RECIPE_NAMES.map((recipe) => ({ data: 'x', recipe })),
  { data: 'x', earlyStopping: 3, log: 'tensorboard', groupBy: 'folder', zoomRange: [0.5, 1.5] },
])('the schema takes what training records of %j', (options) => {
  expect(findFaults(resolveTrainOptions(options))).toEqual([]);
});

test.each<[object, RegExp]>([
  [{ epochs: 0 }, /options\/epochs must be >= 1/],
  [{ epochs: 1.5 }, /options\/epochs must be integer/],
  [{ optimizer: 'adamax' }, /options\/optimizer must be equal to one of the allowed values/],
  [{ labelSmoothing: 1 }, /options\/labelSmoothing must be < 1/],
  [{ filters: [] }, /options\/filters must NOT have fewer than 1 items/],
  [{ batchNormalization: 'yes' }, /options\/batchNormalization must be boolean/],
  [{ bathcSize: 20 }, /options must NOT have additional properties/],
])('and refuses %j', (options, fault) => {
  expect(findFaults(options)).toEqual([expect.stringMatching(fault)]);
});
