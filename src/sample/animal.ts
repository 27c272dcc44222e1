import type { Random } from '../base/random.js';
import type { Color } from '../base/raster.js';
import { black, mix, white } from './brush.js';
import type { AnimalClass, Palette } from './parameters.js';

export type Pose = 'portrait' | 'sitting' | 'standing' | 'lying';

/** Everything that distinguishes one animal from another. Lengths are in units of about half a head's width. */
export interface Animal {
  kind: AnimalClass;
  pose: Pose;
  fur: Color;
  /** ears, back, stripes: darker than the fur, or lighter where that is nearly black */
  accent: Color;
  /** muzzle, chest, paws */
  pale: Color;
  /** outlines and folds */
  shade: Color;
  eye: Color;
  collar: Color | undefined;
  striped: boolean;
  patched: boolean;
  /** width of the head and of the ears, about 1 */
  headWidth: number;
  earSize: number;
  /** how the head is held, radians */
  headTilt: number;
  tongueOut: boolean;
  /** which way the tail swings, -1..1 */
  tailSwing: number;
}

/** An animal of this kind, otherwise by chance. Everything that does not distinguish the kinds is drawn alike for all. */
export function createAnimal(kind: AnimalClass, palette: Palette, random: Random): Animal {
  const fur = vary(choose(palette.furs, random), random);
  const dark = brightness(fur) < 90;
  return {
    kind,
    pose: choosePose(kind, random()),
    fur,
    accent: dark ? mix(fur, white, 0.22) : mix(fur, black, between(0.25, 0.45, random)),
    pale: mix(fur, white, random() < 0.5 ? between(0.65, 0.95, random) : between(0.2, 0.4, random)),
    shade: dark ? mix(fur, white, 0.3) : mix(fur, black, 0.45),
    eye: choose(kind === 'cats' ? palette.catEyes : palette.otherEyes, random),
    collar: random() < 0.35 ? choose(palette.collars, random) : undefined,
    striped: random() < 0.45,
    patched: random() < 0.4,
    headWidth: between(0.92, 1.1, random),
    earSize: between(0.85, 1.2, random),
    headTilt: between(-0.28, 0.28, random),
    tongueOut: random() < 0.55,
    tailSwing: between(-1, 1, random),
  };
}

function choosePose(kind: AnimalClass, chance: number): Pose {
  if (chance < 0.4) return 'portrait';
  if (chance < 0.65) return 'sitting';
  // Rabbits do not stand on straight legs.
  return chance < 0.83 && kind !== 'rabbits' ? 'standing' : 'lying';
}

export function choose<T>(choices: readonly T[], random: Random): T {
  return choices[Math.floor(random() * choices.length)] as T;
}

export function between(low: number, high: number, random: Random): number {
  return low + (high - low) * random();
}

/** A little lighter or darker, so that no two furs or walls are quite the same. */
export function vary(color: Color, random: Random): Color {
  return mix(color, random() < 0.5 ? white : black, random() * 0.18);
}

export function brightness([red, green, blue]: Color): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
