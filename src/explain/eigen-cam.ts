import type { CamMethod } from './cam.js';

/**
 * Eigen-CAM: the activations along their first principal direction, not centered.
 *
 *     A = U S V^T  ([positions, channels])        L = A v_1
 *
 * Muhammad, Yeasin: "Eigen-CAM: Class Activation Map using Principal Components", IJCNN 2020, equation 4. The sign of v_1, which the
 * decomposition leaves open, is the one with which the map sums up to 0 or more. v_1 is found by power iteration on A^T A, in
 * double precision.
 *
 * No class and no gradient is in it: the map is the same for every class, and for randomized layers after it.
 */
export const eigenCam: CamMethod = ({ shape: [height, width, channels], activations }) => {
  const positions = height * width;
  let direction = sumRows(activations, channels);
  let map = project(activations, direction, positions);
  for (let step = 0; step < maxSteps; step++) {
    const turned = normalize(collect(activations, map, channels));
    const change = turned.reduce(
      (most, value, index) => Math.max(most, Math.abs(value - (direction[index] as number))),
      0,
    );
    direction = turned;
    map = project(activations, direction, positions);
    if (change < converged) break;
  }
  const sign = map.reduce((sum, value) => sum + value, 0) < 0 ? -1 : 1;
  return Float32Array.from(map, (value) => sign * value);
};

const maxSteps = 1000;

/** Of the direction's components, from one step to the next. */
const converged = 1e-10;

/** Where the search starts: along the channels' sums, or evenly where these are 0. */
function sumRows(activations: Float32Array, channels: number): Float64Array {
  const sums = new Float64Array(channels);
  for (let index = 0; index < activations.length; index++) {
    (sums[index % channels] as number) += activations[index] as number;
  }
  return normalize(sums.some((sum) => sum !== 0) ? sums : sums.fill(1));
}

/** A v */
function project(activations: Float32Array, direction: Float64Array, positions: number): Float64Array {
  const channels = direction.length;
  return Float64Array.from({ length: positions }, (_, position) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      sum += (direction[channel] as number) * (activations[position * channels + channel] as number);
    }
    return sum;
  });
}

/** A^T u */
function collect(activations: Float32Array, map: Float64Array, channels: number): Float64Array {
  const sums = new Float64Array(channels);
  for (let index = 0; index < activations.length; index++) {
    (sums[index % channels] as number) +=
      (map[Math.floor(index / channels)] as number) * (activations[index] as number);
  }
  return sums;
}

function normalize(vector: Float64Array): Float64Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? vector.map((value) => value / length) : vector;
}
