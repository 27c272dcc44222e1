import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measurePlanes } from '../../../src/base/plane.js';
import { labelScale, rampPlaces } from '../../../src/page/client/scale.js';
import type { ChannelData, LayerData } from '../../../src/page/page-data.js';
import { encodeSprite } from '../../../src/page/sprite.js';
import { chooseScale, normalizeValues } from '../../../src/rendering/normalize.js';
import { summarizePlanes } from '../layer-fixture.js';

function readLayer(...channels: number[][]): LayerData & { channels: [ChannelData] } {
  const planes = channels.map((values) => ({ width: values.length, height: 1, values: Float32Array.from(values) }));
  return encodeSprite(summarizePlanes(planes)).data as LayerData & { channels: [ChannelData] };
}

describe('scales of a page', () => {
  it('end where the command line has them end', () => {
    const layer = readLayer([0, 0, 2, 2], [-4, 8, 0, 0]);
    const [channel] = layer.channels;
    expect(labelScale('zscore', channel, layer)).toEqual(['\u22121', '1', '3']);
    expect(labelScale('minmax', channel, layer)).toEqual(['0', '1', '2']);
    expect(labelScale('layer', channel, layer)).toEqual(['\u22124', '2', '8']);
  });

  it('say which end stands for values beyond it as well', () => {
    // mean 1, standard deviation 3
    const layer = readLayer([10, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(labelScale('zscore', layer.channels[0], layer)).toEqual(['\u22125', '1', '\u2265 7']);
    expect(labelScale('minmax', layer.channels[0], layer)).toEqual(['0', '5', '10']);
  });

  it('color the lowest and the highest value as their own', () => {
    const layer = readLayer([0, 0, 2, 2], [-4, 8, 0, 0]);
    const [channel] = layer.channels;
    const ends = (scale: 'zscore' | 'minmax' | 'layer') => {
      const places = rampPlaces(scale, channel, layer);
      return [places[0], places[255]];
    };
    expect(ends('zscore')).toEqual([64, 192]);
    expect(ends('minmax')).toEqual([0, 255]);
    expect(ends('layer')).toEqual([Math.floor(256 / 3), 128]);
  });

  it('are never further from the pictures of the command line than the steps are from each other', () => {
    const values = fc.array(fc.float({ noNaN: true, min: -50, max: 50 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(values, fc.constantFrom('zscore', 'minmax', 'layer'), (given, scale) => {
        const layer = readLayer(given, [-60, ...given.slice(1)]);
        const [channel] = layer.channels;
        const plane = { width: given.length, height: 1, values: Float32Array.from(given) };
        const statistics = measurePlanes([plane]);
        const { min, max, standardDeviation } = statistics;
        fc.pre(max - min > 1e-3);
        const steps = normalizeValues(plane.values, { kind: 'range', low: min, high: max });
        const exact = normalizeValues(plane.values, chooseScale(scale, statistics, layer));
        const places = rampPlaces(scale, channel, layer);
        // a step, in places on the ramp; and one that rounding may add
        const step = scale === 'zscore' ? ((max - min) / 256 / standardDeviation) * 64 : 1;
        const allowed = scale === 'minmax' ? 0 : step + 1;
        return steps.every((at, index) => Math.abs((places[at] as number) - (exact[index] as number)) <= allowed);
      }),
    );
  });
});
