// Which layers of a deep network belong together.

/** What has to be known of a layer to put it into a block. */
interface BlockLayer {
  name: string;
  kind: string;
  inputs: readonly string[];
}

/** Networks with no more layers are shown layer by layer. */
const layersAtMost = 24;

/**
 * The block of each layer. In a small network each is its own. Else names say it where they do (`conv4_block2_1_relu` and
 * `block_3_expand` belong to `conv4_block2` and `block_3`); where they do not, a block ends with a merge of branches, or begins
 * with the next convolution.
 */
export function nameBlocks(layers: readonly BlockLayer[]): string[] {
  if (layers.length <= layersAtMost) return layers.map(({ name }) => name);
  const branches = findBranches(layers);
  const blocks: string[] = [];
  layers.forEach((layer, index) => {
    const before = blocks.at(-1);
    const named = blockInName(layer.name);
    const isNew = before === undefined || blockInName(layers[index - 1]?.name ?? '') !== undefined || begins(layer);
    if (named !== undefined) blocks.push(named);
    else if (branches[index] !== undefined) blocks.push(branches[index]);
    else blocks.push(isNew || branches[index - 1] !== undefined ? layer.name : before);
  });
  return blocks;
}

/** `block_3_expand` is of `block_3`, `conv4_block2_1_relu` of `conv4_block2`, `features.3/conv` of nothing; the first block of MobileNet has no number. */
function blockInName(name: string): string | undefined {
  return /^(.*(?:(?:block|stage|cell|expanded_conv)_?\d+[a-z]?|expanded_conv))(?:[_/.-]|$)/i.exec(name)?.[1];
}

function begins({ kind }: BlockLayer): boolean {
  return /Conv|Dense|Flatten|GlobalAverage|GlobalMax/.test(kind);
}

/**
 * Of each layer that lies on one of several branches, the layer that joins them; that layer included. Branches begin where a
 * layer's values go to several, and end at the first layer after which everything depends on one layer again.
 */
function findBranches(layers: readonly BlockLayer[]): (string | undefined)[] {
  const place = new Map(layers.map(({ name }, index) => [name, index]));
  // up to which layer the values of each are needed
  const needed = layers.map((_, index) => index);
  layers.forEach(({ inputs }, index) => {
    for (const input of inputs) {
      const at = place.get(input);
      if (at !== undefined) needed[at] = Math.max(needed[at] as number, index);
    }
  });
  const blocks = new Array<string | undefined>(layers.length).fill(undefined);
  let start = 0;
  let reach = 0;
  layers.forEach((_, index) => {
    // Nothing before this layer is needed after it: it is where all branches have met.
    if (reach <= index) {
      if (index - start > 1) blocks.fill(layers[index]?.name, start + 1, index + 1);
      start = index;
    }
    reach = Math.max(reach, needed[index] as number);
  });
  return blocks;
}
