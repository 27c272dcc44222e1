/** Colors as a canvas holds them: bytes red, green, blue, 255, one after the other. */
export type Ramp = Uint8ClampedArray;

export interface Ramps {
  viridis: Ramp;
  coolwarm: Ramp;
  /** rrggbb */
  nonValue: readonly [string, string];
}

/** @param hex rrggbb, one color after the other */
export function parseRamp(hex: string): Ramp {
  const ramp = new Uint8ClampedArray((hex.length / 6) * 4).fill(255);
  for (let color = 0; color < hex.length / 6; color++) {
    for (let part = 0; part < 3; part++) {
      const position = color * 6 + part * 2;
      ramp[color * 4 + part] = Number.parseInt(hex.slice(position, position + 2), 16);
    }
  }
  return ramp;
}
