// Shorter names for the network's drawing: a network of another's making repeats its own name in those of all its layers.

/** What at least half of the names begin with, up to a `/`; '' where there is no such thing. */
export function commonPrefix(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) {
    for (let end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
      const prefix = name.slice(0, end + 1);
      counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    }
  }
  const common = [...counts].filter(([, count]) => count > 1 && 2 * count >= names.length).map(([prefix]) => prefix);
  return common.reduce((longest, prefix) => (prefix.length > longest.length ? prefix : longest), '');
}

/** A name without a prefix. @param block what the layer's block is called, which stands above it already */
export function shortenName(name: string, prefix: string, block?: string): string {
  const own =
    block !== undefined && name.startsWith(block) ? /^[_/.-](.+)/.exec(name.slice(block.length))?.[1] : undefined;
  if (own !== undefined) return own;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}
