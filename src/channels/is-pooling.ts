/** Whether a layer of this kind pools: maps become less sparse by that, whatever the layer above it does. */
export function isPooling(kind: string): boolean {
  return kind.includes('Pooling');
}
