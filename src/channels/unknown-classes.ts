/** Which classes of a folder are not among the network's, however their names are spelled; none where it has no names. */
export function unknownClasses(classNames: readonly string[], known: readonly string[] = []): string[] {
  if (known.length === 0) return [];
  const names = new Set(known.map((name) => name.normalize()));
  return classNames.filter((name) => !names.has(name.normalize()));
}
