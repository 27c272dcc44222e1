import { expect, test } from 'vitest';
import type { Bfloat16Support } from '../../../src/backend/processor.js';
import { chooseInferencePrecision, chooseTrainingPrecision } from '../../../src/commands/shared/choose-precision.js';
import type { SharedEvent } from '../../../src/commands/shared/events.js';

/** Chooses, and notes what is reported. */
function choose(
  call: typeof chooseTrainingPrecision | typeof chooseInferencePrecision,
  choice: Parameters<typeof call>[0],
  facts: Parameters<typeof call>[1],
) {
  const events: SharedEvent[] = [];
  const precision = call(choice, facts, (event) => events.push(event));
  return { precision, events };
}

const native = (support: Bfloat16Support) => ({ backend: 'native', support }) as const;

test.each<Bfloat16Support>(['slow', 'none'])(
  'a training is float32 by default where bfloat16 is %s, without a word',
  (support) => {
    expect(choose(chooseTrainingPrecision, 'auto', native(support))).toEqual({ precision: 'float32', events: [] });
  },
);

test('a training in bfloat16 says what is computed in it', () => {
  const { precision, events } = choose(chooseTrainingPrecision, 'bfloat16', native('fast'));
  expect(precision).toBe('bfloat16');
  expect(events).toEqual([{ type: 'note', message: expect.stringMatching(/^Precision: bfloat16 .*validation/) }]);
});

test.each([chooseTrainingPrecision, chooseInferencePrecision])('%o warns where bfloat16 is slower', (call) => {
  const { precision, events } = choose(call, 'bfloat16', native('slow'));
  expect(precision).toBe('bfloat16');
  expect(events[0]).toMatchObject({ type: 'warning', message: expect.stringMatching(/slower .* --precision float32/) });
});

test.each([chooseTrainingPrecision, chooseInferencePrecision])('%o refuses what cannot be had', (call) => {
  expect(() => choose(call, 'bfloat16', native('none'))).toThrow(
    expect.objectContaining({ code: 'BAD_ARGUMENT', message: 'precision: bfloat16 needs a processor with AVX-512' }),
  );
  expect(() => choose(call, 'bfloat16', { backend: 'wasm', support: 'fast' })).toThrow(
    expect.objectContaining({
      message: 'precision: bfloat16 needs the backend native, this is wasm',
      hint: 'Use --precision float32.',
    }),
  );
});

test('a training is in bfloat16 by default where that is fast, and says so', () => {
  const { precision, events } = choose(chooseTrainingPrecision, 'auto', native('fast'));
  expect(precision).toBe('bfloat16');
  expect(events).toEqual([
    { type: 'note', message: expect.stringMatching(/^Precision: bfloat16 .*--precision float32/) },
  ]);
});

test('a training of which nobody knows what it becomes in bfloat16 is float32, with a line that offers the other', () => {
  const untried = { ...native('fast'), untried: 'with several workers' };
  const { precision, events } = choose(chooseTrainingPrecision, 'auto', untried);
  expect(precision).toBe('float32');
  expect(events).toEqual([
    { type: 'note', message: expect.stringMatching(/^Precision: float32 with several workers; --precision bfloat16/) },
  ]);
  expect(choose(chooseTrainingPrecision, 'bfloat16', untried).precision).toBe('bfloat16');
  expect(choose(chooseTrainingPrecision, 'auto', { ...untried, support: 'slow' })).toEqual({
    precision: 'float32',
    events: [],
  });
});

test('float32 is always to be had, without a word', () => {
  expect(choose(chooseTrainingPrecision, 'float32', native('fast'))).toEqual({ precision: 'float32', events: [] });
  expect(choose(chooseInferencePrecision, 'auto', native('fast'))).toEqual({ precision: 'float32', events: [] });
  const wasm = { backend: 'wasm', support: 'fast' } as const;
  expect(choose(chooseTrainingPrecision, 'auto', wasm)).toEqual({ precision: 'float32', events: [] });
});

test('a network in use that is computed in bfloat16 says how much its probabilities differ', () => {
  const { precision, events } = choose(chooseInferencePrecision, 'bfloat16', native('fast'));
  expect(precision).toBe('bfloat16');
  expect(events).toEqual([{ type: 'note', message: expect.stringMatching(/^Precision: bfloat16; .* about 0\.01$/) }]);
});

test('a run goes on in the precision that it was trained in', () => {
  const resume = (recorded: 'float32' | 'bfloat16', choice: 'auto' | 'float32' = 'auto') =>
    choose(chooseTrainingPrecision, choice, { ...native('fast'), recorded });
  expect(resume('bfloat16').precision).toBe('bfloat16');
  expect(resume('float32')).toEqual({ precision: 'float32', events: [] });
  expect(resume('bfloat16', 'float32').precision).toBe('float32');
});

test('where that cannot be had, the way out is named, and that it is not exact', () => {
  const resume = () => choose(chooseTrainingPrecision, 'auto', { ...native('none'), recorded: 'bfloat16' });
  expect(resume).toThrow(
    expect.objectContaining({
      message: 'precision: bfloat16 needs a processor with AVX-512',
      hint: expect.stringMatching(/--precision float32 .* not bit-for-bit/),
    }),
  );
});
