// Which epochs are shown where there are too many.

/** Every nth epoch from 0 to the last one, and that: at most `atMost` of them. Those of a longer training are among them. */
export function thinEpochs(last: number, atMost: number): number[] {
  const stride = Math.max(1, Math.ceil(last / Math.max(1, atMost - 1)));
  const epochs = Array.from({ length: Math.floor(last / stride) + 1 }, (_, index) => index * stride);
  return epochs.at(-1) === last ? epochs : [...epochs, last];
}
