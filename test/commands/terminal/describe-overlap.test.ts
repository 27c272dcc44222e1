import { expect, test } from 'vitest';
import { describeOverlap } from '../../../src/commands/terminal/describe-overlap.js';

const none = { trainedOn: 0, heldOut: 0, newCount: 0, changedCount: 0, missingCount: 0 };

test('images that were not trained on are a note', () => {
  expect(describeOverlap({ type: 'overlap', split: 'test', imageCount: 80, ...none })).toEqual([
    { kind: 'note', text: '0 of 80 images were used to train this network' },
  ]);
});

test('of an image by itself only its training is worth a line', () => {
  const told = (trainedOn: number) =>
    describeOverlap({ type: 'overlap', split: null, imageCount: 1, ...none, trainedOn });
  expect(told(0)).toEqual([]);
  expect(told(1)).toEqual([
    {
      kind: 'warning',
      text: 'this image was used to train this network: results on it are too good',
    },
  ]);
});

test('images that were trained on are a warning, unless they were asked for', () => {
  const told = (split: 'test' | 'train') =>
    describeOverlap({ type: 'overlap', split, imageCount: 80, ...none, trainedOn: 58 });
  expect(told('test')).toEqual([
    {
      kind: 'warning',
      text: '58 of 80 images were used to train this network: results on them are too good',
    },
  ]);
  expect(told('train')).toEqual([{ kind: 'note', text: '58 of 80 images were used to train this network' }]);
});

test('images that are missing, new or changed are counted', () => {
  const counts = { ...none, missingCount: 1, newCount: 3, changedCount: 2 };
  const told = describeOverlap({ type: 'overlap', split: 'validation', imageCount: 79, ...counts });
  expect(told.slice(1).map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    "warning: 1 of the run's validation images is not in this folder",
    'warning: 3 images here were never seen by this run and not used; use them with --split unseen',
    'warning: 2 images here have changed since training (same name, different content) and are not used',
  ]);
});

test('of two networks each is named', () => {
  const event = { type: 'overlap', split: 'train', imageCount: 80, ...none, trainedOn: 58 } as const;
  expect(describeOverlap({ ...event, network: 'runs/a@3', newCount: 2, missingCount: 1 })).toEqual([
    { kind: 'note', text: '58 of 80 images were used to train runs/a@3' },
    { kind: 'warning', text: "1 of runs/a@3's train images is not in this folder" },
    {
      kind: 'warning',
      text: '2 images here were never seen by runs/a@3 and not used; use them with --split unseen',
    },
  ]);
});
