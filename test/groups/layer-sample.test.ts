import { expect, test } from 'vitest';
import { LayerSample, shuffleColumns } from '../../src/groups/layer-sample.js';

/** Each place's first channel says which image and place it is. */
function maps(image: number, places: number, channels: number): Float32Array {
  const values = new Float32Array(places * channels);
  for (let place = 0; place < places; place++) values[place * channels] = image * places + place;
  return values;
}

test('where there is room, all places are taken', () => {
  const sample = new LayerSample([2, 3, 4], 5, 1);
  for (let image = 0; image < 5; image++) sample.add(maps(image, 6, 4), image);
  const { rows, columns, values } = sample.matrix;
  expect([rows, columns, values.length]).toEqual([30, 4, 120]);
  expect([...values].filter((_, at) => at % 4 === 0)).toEqual([...Array(30).keys()]);
});

test('else as many of each image, whatever their order, and the same for the same seed', () => {
  const draw = (seed: number, order: number[]) => {
    const sample = new LayerSample([64, 64, 1024], 4, seed);
    for (const image of order) sample.add(maps(image, 4096, 1024), image);
    const { rows, columns, values } = sample.matrix;
    return Array.from({ length: rows }, (_, row) => values[row * columns] as number);
  };
  const drawn = draw(1, [0, 1, 2, 3]);
  expect(drawn).toHaveLength(2048);
  for (let image = 0; image < 4; image++) {
    const own = drawn.filter((place) => Math.floor(place / 4096) === image);
    expect(own).toHaveLength(512);
    expect(new Set(own).size).toBe(512);
  }
  expect(draw(1, [3, 1, 0, 2]).sort((a, b) => a - b)).toEqual(drawn.toSorted((a, b) => a - b));
  expect(draw(2, [0, 1, 2, 3])).not.toEqual(drawn);
});

test('shuffled, each channel keeps its values and fires with others by chance alone', () => {
  const rows = 500;
  const values = Float32Array.from({ length: rows * 2 }, (_, at) => Math.max(0, Math.floor(at / 2) - 400));
  const shuffled = shuffleColumns({ rows, columns: 2, values }, 1);
  const column = (of: Float32Array, index: number) => [...of].filter((_, at) => at % 2 === index);
  for (const index of [0, 1]) {
    expect(column(shuffled.values, index).sort((a, b) => a - b)).toEqual(column(values, index));
  }
  const together = column(shuffled.values, 0).filter((value, row) => value > 0 && shuffled.values[row * 2 + 1] !== 0);
  // 99 of 500 fire in each: of as many as 99 together before, about 20 by chance.
  expect(together.length).toBeGreaterThan(5);
  expect(together.length).toBeLessThan(40);
});
