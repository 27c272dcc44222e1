import { expect, it } from 'vitest';
import { coarsenMap } from '../../src/base/coarsen-map.js';

const middles = (count: number) => Array.from({ length: count }, (_, at) => (at + 0.5) / count);

it('has the means of neighboring cells of a map that is too fine for a small picture', () => {
  const cells = { rows: middles(3), columns: middles(33) };
  const values = Float32Array.from({ length: 99 }, (_, at) => at);
  const { map, cells: joined } = coarsenMap({ width: 33, height: 3, values }, cells);
  expect([map.width, map.height]).toEqual([11, 3]);
  expect([...map.values.slice(0, 2), map.values[11]]).toEqual([1, 4, 34]);
  expect(joined.columns[0]).toBeCloseTo(1.5 / 33);
  expect(joined.rows).toEqual(cells.rows);
});

it('is not weaker at its last cells, which are of fewer', () => {
  const cells = { rows: middles(17), columns: middles(20) };
  const { map } = coarsenMap({ width: 20, height: 17, values: new Float32Array(340).fill(3) }, cells);
  expect(map).toEqual({ width: 10, height: 9, values: new Float32Array(90).fill(3) });
});

it('leaves a small map as it is', () => {
  const map = { width: 7, height: 7, values: new Float32Array(49) };
  const cells = { rows: middles(7), columns: middles(7) };
  expect(coarsenMap(map, cells)).toEqual({ map, cells });
});
