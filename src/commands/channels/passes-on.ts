// Layers that only pass values on: measuring them adds nothing.

const PASSES_ON = /^(Flatten|Reshape|Permute|Dropout|SpatialDropout\w*)$/;

/** @param kind Keras's class name */
export function passesOn(kind: string): boolean {
  return PASSES_ON.test(kind);
}
