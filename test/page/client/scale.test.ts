import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measurePlanes } from '../../../src/base/plane.js';
import type { LayerMaps } from '../../../src/page/client/layer-maps.js';
import { labelScale, rampPlaces } from '../../../src/page/client/scale.js';
import type { LayerData } from '../../../src/page/image-data.js';
import { chooseScale, normalizeValues } from '../../../src/rendering/normalize.js';

/** A layer of one row of values a channel, as the page has it in 256 steps. */
function readLayer(...channels: number[][]): LayerMaps {
  const planes = channels.map((values) => ({ width: values.length, height: 1, values: Float32Array.from(values) }));
  const ranges = planes.map((plane) => measurePlanes([plane]));
  const list = (key: 'min' | 'max' | 'mean' | 'standardDeviation' | 'zeroFraction') =>
    ranges.map((range) => range[key]);
  const layer = {
    ...{ min: list('min'), max: list('max'), mean: list('mean'), standardDeviation: list('standardDeviation') },
    ...{ zeroFraction: list('zeroFraction'), overall: measurePlanes(planes) },
  } as unknown as LayerData;
  const maps = ranges.map(({ min, max }) => ({ stepCount: 256, low: min, high: max, steps: new Uint16Array() }));
  return { layer, channels: maps };
}

describe('scales of a page', () => {
  it('end where the command line has them end', () => {
    const layer = readLayer([0, 0, 2, 2], [-4, 8, 0, 0]);
    expect(labelScale('zscore', layer, 0)).toEqual(['\u22121', '1', '3']);
    expect(labelScale('strength', layer, 1)).toEqual(['\u22128', '0', '8']);
    expect(labelScale('layer', layer, 0)).toEqual(['\u22124', '2', '8']);
    expect(labelScale('strength', readLayer([0, 0, 2, 2]), 0)).toEqual(['0', '1', '2']);
  });

  it('say which end stands for values beyond it as well', () => {
    // mean 1, standard deviation 3
    const layer = readLayer([10, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(labelScale('zscore', layer, 0)).toEqual(['\u22125', '1', '\u2265 7']);
    expect(labelScale('strength', layer, 0)).toEqual(['0', '5', '10']);
  });

  it('color the lowest and the highest value as their own', () => {
    const layer = readLayer([0, 0, 2, 2], [-4, 8, 0, 0]);
    const ends = (scale: 'zscore' | 'strength' | 'layer') => {
      const places = rampPlaces(scale, layer, 0);
      return [places[0], places[255]];
    };
    expect(ends('zscore')).toEqual([64, 192]);
    expect(ends('strength')).toEqual([128, 255]);
    expect(ends('layer')).toEqual([Math.floor(256 / 3), 128]);
  });

  it('are never further from the pictures of the command line than the steps are from each other', () => {
    const values = fc.array(fc.float({ noNaN: true, min: -50, max: 50 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(values, fc.constantFrom('zscore', 'strength', 'layer'), (given, scale) => {
        const layer = readLayer(given, [-60, ...given.slice(1)]);
        const plane = { width: given.length, height: 1, values: Float32Array.from(given) };
        const statistics = measurePlanes([plane]);
        const { min, max, standardDeviation } = statistics;
        fc.pre(max - min > 1e-3);
        const steps = plane.values.map((value) => Math.round(((value - min) / (max - min)) * 255));
        const exact = normalizeValues(plane.values, chooseScale(scale, statistics, layer.layer.overall));
        const places = rampPlaces(scale, layer, 0);
        // half a step, in places on the ramp; and one that rounding may add
        const halfStep = scale === 'zscore' ? ((max - min) / 510 / standardDeviation) * 64 : 1;
        const allowed = halfStep + 1;
        return Array.from(steps).every(
          (at, index) => Math.abs((places[at] as number) - (exact[index] as number)) <= allowed,
        );
      }),
    );
  });
});
