import { describe, expect, it, test } from 'vitest';
import { type ChannelFacts, captionChannel, captionLayer, summarizeChannel } from '../../src/activations/captions.js';
import { type Firing, measureFiring } from '../../src/activations/firing.js';
import { measurePlanes } from '../../src/base/plane.js';

const facts = (...values: number[]): Pick<ChannelFacts, 'statistics' | 'firing'> => {
  const plane = { width: values.length === 9 ? 3 : 1, height: values.length === 9 ? 3 : values.length, values };
  const map = { ...plane, values: Float32Array.from(values) };
  return { statistics: measurePlanes([map]), firing: measureFiring([map])[0] as Firing };
};
const caption = (values: number[], more: Partial<ChannelFacts> = {}) =>
  captionChannel({ kind: 'channel', number: 17, ...facts(...values), ...more });
const upperLeft = [5, 0, 0, 0, 0, 0, 0, 0, 0];
const animals = (cats: number, dogs: number) => ({
  imageCount: 1000,
  firingFraction: (cats + dogs) / 2,
  classes: [
    { className: 'cats', firingFraction: cats },
    { className: 'dogs', firingFraction: dogs },
  ],
});

describe('captionChannel', () => {
  it('says on how many pixels a channel fires, and where mostly', () => {
    expect(caption(upperLeft)).toBe('channel 17: fires on 11 % of pixels, mostly upper left');
    expect(caption([1, 2, 1, 1, 2, 1, 1, 2, 1])).toBe('channel 17: fires on 100 % of pixels, evenly spread');
  });

  it('adds on how many images of each class, the most first', () => {
    expect(caption(upperLeft, { overImages: animals(0.12, 0.81) })).toBe(
      'channel 17: fires on 11 % of pixels, mostly upper left; on 81 % of dogs, 12 % of cats',
    );
  });

  it('adds what it contributes to a score, with its sign', () => {
    const contribute = (value: number) => caption(upperLeft, { contribution: { className: 'dogs', value } });
    expect(contribute(1.3239)).toMatch(/; contributes \+1\.32 to the score of dogs$/);
    expect(contribute(-0.5)).toMatch(/; contributes \u22120\.5 to the score of dogs$/);
    expect(contribute(0)).toMatch(/; contributes 0 to the score of dogs$/);
  });

  it('is dead only if no image of a report made it fire; else it is 0 on this one', () => {
    const zeros = Array(9).fill(0);
    expect(caption(zeros)).toBe('channel 17: all 0 on this image');
    expect(caption(zeros, { overImages: animals(0.12, 0.81) })).toBe(
      'channel 17: all 0 on this image; fires on 81 % of dogs, 12 % of cats',
    );
    expect(caption(zeros, { overImages: animals(0, 0) })).toBe(
      'channel 17: all 0 on this image; dead: on none of the 1,000 images examined',
    );
    expect(caption(upperLeft, { overImages: animals(0, 0) })).toMatch(/; on none of the 1,000 images examined$/);
    const one = { imageCount: 1, firingFraction: 0, classes: [] };
    expect(caption(upperLeft, { overImages: one })).toMatch(/; on none of the 1 image examined$/);
  });

  it('describes what is no firing at all: one value, nothing above 0, NaN', () => {
    expect(caption(Array(9).fill(2.5))).toBe('channel 17: 2.5 everywhere');
    expect(caption([-1, -2, -3, -1, -1, -1, -1, -1, -0.25])).toBe(
      'channel 17: nowhere above 0 on this image, at most \u22120.25',
    );
    expect(caption([1, 2, 3, Number.NaN, 0, 0, 0, 0, Number.POSITIVE_INFINITY])).toBe(
      'channel 17: NaN or infinite in 2 values',
    );
  });

  it('names three classes of many', () => {
    const classes = [0.1, 0.5, 0.4, 0.3, 0.2].map((firingFraction, index) => ({
      className: `c${index}`,
      firingFraction,
    }));
    const told = (count: number) =>
      caption(upperLeft, { overImages: { imageCount: 50, firingFraction: 0.3, classes: classes.slice(0, count) } });
    expect(told(5)).toMatch(/; on 50 % of c1, 40 % of c2, 30 % of c3, no more often on the 2 remaining classes$/);
    expect(told(4)).toMatch(/, no more often on the remaining class$/);
  });

  it('a unit has a value and no place', () => {
    const unit = (value: number) => captionChannel({ kind: 'unit', number: 3, ...facts(value) });
    expect([unit(0.4217), unit(0), unit(-1), unit(Number.NaN)]).toEqual([
      'unit 3: 0.422',
      'unit 3: 0 on this image',
      'unit 3: \u22121',
      'unit 3: NaN or infinite',
    ]);
  });
});

test('a layer is described by how many channels fire, how much, and what is odd', () => {
  const channels = [facts(...upperLeft), facts(...Array(9).fill(0)), facts(...Array(9).fill(1)), facts(...upperLeft)];
  const layer = { kind: 'channel', channels } as const;
  expect(captionLayer(layer)).toBe('3 of 4 channels fire, on 31 % of all pixels; 1 is all 0 on this image');
  expect(captionLayer({ ...layer, strongest: { by: 'mean', number: 2, value: 1 } })).toMatch(
    /; strongest by mean: channel 2, 1$/,
  );
  const broken = [facts(Number.NaN, 1), facts(1, Number.POSITIVE_INFINITY)];
  expect(captionLayer({ ...layer, channels: broken })).toMatch(/; 2 have NaN or infinite values$/);
});

test('a layer of units is described without pixels', () => {
  const channels = [0, 0, 0.7].map((value) => facts(value));
  expect(captionLayer({ kind: 'unit', channels })).toBe('1 of 3 units fires; 2 are 0 on this image');
  expect(captionLayer({ kind: 'unit', channels: [facts(0.0135)] })).toBe('one unit: 0.0135');
});

test('a share is 0 % or 100 % only when it is', () => {
  const shares = [0.001, 0.0049, 0.03, 0.5, 199 / 200, 0.996, 1].map((share) =>
    caption(upperLeft, { overImages: animals(0, share) }),
  );
  expect(shares.map((text) => text.match(/on ([^;]*) of dogs, 0 % of cats$/)?.[1])).toEqual([
    'under 1 %',
    'under 1 %',
    '3 %',
    '50 %',
    'over 99 %',
    'over 99 %',
    '100 %',
  ]);
});

test('the parts of a sentence, for a table', () => {
  const summarize = (values: number[], more: Partial<ChannelFacts> = {}) =>
    summarizeChannel({ kind: 'channel', number: 17, ...facts(...values), ...more });
  expect(summarize(upperLeft)).toEqual({ fires: '11 %', where: 'mostly upper left' });
  expect(summarize(upperLeft, { overImages: animals(0.12, 0.81) })).toEqual({
    fires: '11 %',
    where: 'mostly upper left',
    overImages: 'on 81 % of dogs, 12 % of cats',
  });
  expect(summarize(Array(9).fill(0))).toEqual({ where: 'all 0 on this image' });
  expect(summarize(Array(9).fill(2))).toEqual({ where: '2 everywhere' });
  expect(summarize([0.5], { kind: 'unit' })).toEqual({});
});
