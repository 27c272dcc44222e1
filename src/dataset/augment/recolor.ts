// Channel shift, brightness and contrast, each in place. `white` is the greatest value that an image can have.

/**
 * Keras's `apply_channel_shift`: adds to all values; they stay between the picture's least and greatest.
 */
export function shiftChannels(values: Float32Array, shift: number): void {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  for (let at = 0; at < values.length; at++) values[at] = clamp((values[at] as number) + shift, low, high);
}

/** Multiplies all values; they stay within 0..white. */
export function scaleBrightness(values: Float32Array, factor: number, white: number): void {
  for (let at = 0; at < values.length; at++) values[at] = clamp((values[at] as number) * factor, 0, white);
}

/**
 * Keras's RandomContrast: multiplies the distance to the mean of the channel; values stay within 0..white.
 *
 * @param values [pixels, 3]
 */
export function scaleContrast(values: Float32Array, factor: number, white: number): void {
  for (let channel = 0; channel < 3; channel++) {
    let sum = 0;
    for (let at = channel; at < values.length; at += 3) sum += values[at] as number;
    const mean = sum / (values.length / 3);
    for (let at = channel; at < values.length; at += 3) {
      values[at] = clamp(mean + ((values[at] as number) - mean) * factor, 0, white);
    }
  }
}

function clamp(value: number, low: number, high: number): number {
  return value < low ? low : Math.min(value, high);
}
