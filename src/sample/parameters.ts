// What the sample set consists of.

import { readFileSync } from 'node:fs';
import { packageFile } from '../base/package-file.js';
import type { Color } from '../base/raster.js';

/** What the sample set consists of; data/sample-set.json. */
export interface SampleParameters {
  /** uint32 */
  seed: number;
  /** longer side in pixels */
  imageSize: number;
  imagesPerClass: Record<SampleSplit, number>;
  classNames: AnimalClass[];
  palette: Palette;
}

export type SampleSplit = 'train' | 'validation' | 'test';

export type AnimalClass = 'cats' | 'dogs' | 'rabbits';

/** The colors that pictures choose from. All animals share the furs and all pictures the backgrounds. */
export type Palette = Record<PaletteName, readonly Color[]>;

const paletteNames = ['furs', 'catEyes', 'otherEyes', 'collars', 'skies', 'grounds', 'walls', 'floors'] as const;
type PaletteName = (typeof paletteNames)[number];

type ParameterFile = Omit<SampleParameters, 'palette'> & Record<PaletteName, string[]>;

/** Reads the parameters that come with the package. */
export function readSampleParameters(): SampleParameters {
  const text = readFileSync(packageFile('data/sample-set.json'), 'utf8');
  const { seed, imageSize, imagesPerClass, classNames, ...colors } = JSON.parse(text) as ParameterFile;
  const parsed = paletteNames.map((name) => [name, colors[name].map(parseColor)] as const);
  const palette = Object.fromEntries(parsed) as Record<PaletteName, Color[]>;
  return { seed, imageSize, imagesPerClass, classNames, palette };
}

function parseColor(text: string): Color {
  const part = (start: number) => Number.parseInt(text.slice(start, start + 2), 16);
  return [part(1), part(3), part(5)];
}
