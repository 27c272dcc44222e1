import { join } from 'node:path';
import { expect, test } from 'vitest';
import { evaluate } from '../../../src/commands/evaluate/index.js';
import { predict } from '../../../src/commands/predict/index.js';
import { train } from '../../../src/commands/train/index.js';
import { bfloat16Test } from '../../helpers/bfloat16.js';
import { edit, readOutcome, STEPS, small, stopAt, trainUntil, useResumePlace } from './resume-fixture.js';
import { trainWithEvents } from './training-fixture.js';

const place = useResumePlace();

/** The small network's training in bfloat16. */
const low = (out: string, change = {}) =>
  small(place, { backend: 'native', precision: 'bfloat16', batchNormalization: true, out, ...change });

bfloat16Test('a run records what it was computed in, and what others look at is float32 again', async () => {
  const { path, record, typed } = await trainWithEvents(low('low', { epochs: 1 }));
  expect(record).toMatchObject({ precision: 'bfloat16', engine: 'graph', options: { precision: 'bfloat16' } });
  const lines = [...typed('note'), ...typed('warning')].map(({ message }) => message);
  expect(lines.join('\n')).toContain('bfloat16');
  const call = { model: path, data: join(place.pets, 'validation'), backend: 'native' } as const;
  const full = await evaluate(call);
  const same = await evaluate({ ...call, precision: 'bfloat16' });
  expect([full.precision, same.precision]).toEqual(['float32', 'bfloat16']);
  expect(same.loss).not.toBe(full.loss);
  expect(same.loss).toBeCloseTo(full.loss, 2);
  const images = [join(place.pets, 'validation')];
  expect((await predict({ images, model: path, backend: 'native' })).precision).toBe('float32');
  expect((await predict({ images, model: path, backend: 'native', precision: 'bfloat16' })).precision).toBe('bfloat16');
});

bfloat16Test('the same seed gives the same bits, and a stopped run goes on exactly', async () => {
  const whole = await readOutcome((await train(low('whole'))).path);
  const again = await readOutcome((await train(low('again'))).path);
  expect(again).toEqual(whole);
  const stopped = await trainUntil('step', STEPS + 2, low('stopped'));
  const { record } = await train({ resume: stopped });
  expect(record).toMatchObject({ precision: 'bfloat16', resumptions: [{ differences: [] }] });
  expect(await readOutcome(stopped)).toEqual(whole);
});

bfloat16Test('a run may go on in float32, said to be inexact', async () => {
  const stopped = await trainUntil('step', 2, low('mine'));
  const { record } = await train({ resume: stopped, precision: 'float32', ...stopAt('epoch-ended', 1) });
  expect(record).toMatchObject({
    precision: 'float32',
    resumptions: [{ differences: ['precision bfloat16, now float32'] }],
  });
});

test('bfloat16 is refused on another backend before anything is trained', async () => {
  await expect(train(small(place, { precision: 'bfloat16' }))).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
    message: 'precision: bfloat16 needs the backend native, this is cpu',
    hint: 'Use --precision float32.',
  });
});

test('a run is float32 where nothing else is asked for', async () => {
  const { record } = await train(small(place, { epochs: 1, out: 'plain', precision: 'float32' }));
  expect(record).toMatchObject({ precision: 'float32', options: { precision: 'float32' } });
});

bfloat16Test.each(['float32', 'bfloat16'] as const)('a run in %s is repeated in it', async (precision) => {
  const { path } = await train(low('first', { precision, epochs: 1 }));
  // As when nobody had asked for it, and it was chosen.
  await edit(join(path, 'run.json'), ({ options }) => Object.assign(options ?? {}, { precision: 'auto' }));
  const { record, path: again } = await train({ config: path, out: join(place.folder, 'again') });
  expect(record.precision).toBe(precision);
  expect((await readOutcome(again)).last).toBe((await readOutcome(path)).last);
});
