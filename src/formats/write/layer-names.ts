// Names of layers that every format takes: Keras 3 refuses slashes, TensorFlow and ONNX want different ones.

/** A call's number in the name of a layer that is called several times. */
const CALL_NUMBER = /#\d+(?=\/|$)/g;

/**
 * Gives each layer its own name where no other layer has it, else its whole address: `base/conv1` becomes `conv1`, or
 * `base_conv1` where there are two of them.
 *
 * @param addresses as in a network's plan
 */
export function nameLayers(addresses: readonly string[]): { layers: string[]; input: string } {
  const paths = addresses.map((address) => address.replace(CALL_NUMBER, '').split('/'));
  const short = paths.map((path) => path.at(-1) as string);
  const taken = new Set<string>();
  const take = (wanted: string): string => {
    let name = wanted;
    for (let count = 2; taken.has(name); count++) name = `${wanted}_${count}`;
    taken.add(name);
    return name;
  };
  const layers = paths.map((path, index) => {
    const isUnique = short.filter((name) => name === short[index]).length === 1;
    return take(isUnique ? (short[index] as string) : path.join('_'));
  });
  return { layers, input: take('input_layer') };
}
