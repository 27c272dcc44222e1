import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRaster } from '../../../src/base/raster.js';
import { encodePng } from '../../../src/rendering/png.js';
import { runProgram } from '../../cli/run-program.js';

let cwd = '';

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'cnnviz-cli-augment-'));
  writeFileSync(join(cwd, 'a.png'), encodePng(createRaster(9, 9, [200, 100, 50])));
});

afterAll(() => rmSync(cwd, { recursive: true }));

const run = (...args: string[]) => runProgram(['augment', ...args], { cwd });

describe('cnnviz augment', () => {
  it('prints what it wrote, in augmented/', async () => {
    const { exitCode, stdout, stderr } = await run('a.png', '--image-size', '9');
    expect([exitCode, stdout, stderr]).toEqual([0, '  augmented/augmented.png\n  augmented/manifest.json\n', '']);
  });

  it('takes the options of train', async () => {
    const flags =
      '--rotation-range 5 --width-shift-range .1 --height-shift-range 2 --shear-range 3 --zoom-range .5,1.25';
    const more =
      '--horizontal-flip --vertical-flip --channel-shift-range 4 --brightness-range .3 --contrast-range .8,1';
    const all = `a.png --out all --count 2 --image-size 9 --seed 6 --fill-mode wrap ${flags} ${more}`;
    const { exitCode, stderr } = await run(...all.split(' '));
    expect([exitCode, stderr]).toEqual([0, '']);
    const manifest = JSON.parse(readFileSync(join(cwd, 'all/manifest.json'), 'utf8'));
    expect(manifest.pictures).toHaveLength(2);
    expect(manifest.augmentation).toEqual({
      rotationRange: 5,
      widthShiftRange: 0.1,
      heightShiftRange: 2,
      shearRange: 3,
      zoomRange: [0.5, 1.25],
      horizontalFlip: true,
      verticalFlip: true,
      channelShiftRange: 4,
      brightnessRange: 0.3,
      contrastRange: [0.8, 1],
      fillMode: 'wrap',
    });
  });

  it('shows a recipe, its fill mode and its resizing too', async () => {
    await run(
      'a.png',
      '--recipe',
      'best',
      '--image-size',
      '9',
      '--out',
      'best',
      '--count',
      '1',
      '--no-horizontal-flip',
    );
    const { augmentation, options } = JSON.parse(readFileSync(join(cwd, 'best/manifest.json'), 'utf8'));
    expect(augmentation).toMatchObject({ fillMode: 'reflect', rotationRange: 18, horizontalFlip: false });
    expect(options.interpolation).toBe('bilinear');
  });

  it('refuses three limits of a range', async () => {
    const { exitCode, stderr } = await run('a.png', '--zoom-range', '.5,1,1.5');
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining('expected a number of at least 0 and below 1, or two factors above 0'),
    ]);
  });
});
