// The sum of a layer's maps, each by its own weight.

/** @param activations [height, width, channels] @returns [height, width] */
export function weighChannels(activations: Float32Array, channelWeights: Float64Array): Float32Array {
  const channels = channelWeights.length;
  const map = new Float32Array(activations.length / channels);
  for (let position = 0; position < map.length; position++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      sum += (channelWeights[channel] as number) * (activations[position * channels + channel] as number);
    }
    map[position] = sum;
  }
  return map;
}
