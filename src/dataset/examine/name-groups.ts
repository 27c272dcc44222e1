/** What the names of recordings end with: a word for a part, and its number; before the extension. */
const MARKED = /^(.*?)[ ._-]*(frame|frm|crop|tile|patch|slice|aug|copy)[ ._-]*\(?\d*\)?\.\w+$/i;
const NUMBERED = /^(.*?)[ ._(-]*\d+\)?\.\w+$/;

/** Groups with fewer images on average do not count: two images can have similar names by chance. */
const MIN_MEAN_SIZE = 3;

/** Images whose names say that they belong together, such as the frames of one recording. */
export interface NameGroups {
  /** folder: a class folder's sub-folders; frame: a word such as "frame" and a number; number: a trailing number alone */
  by: 'folder' | 'frame' | 'number';
  groupCount: number;
  /** in groups of two or more */
  imageCount: number;
  /** for `--group-by`: a regular expression for the path within the class folder, whose capture is the group; or `folder` */
  groupBy: string;
  /** names of the first images of the first group */
  examples: string[];
}

/** Images by their index: each one's class, and its path within the class folder, with slashes. */
export interface NamedImages {
  count: number;
  nameOf(index: number): string;
  classOf(index: number): number;
}

/**
 * Finds groups in names: none with more than half of its class, with three images or more on the average. (A class whose images
 * are just numbered is no group.)
 *
 * @returns the most certain kind of groups; undefined if names show none
 */
export function findNameGroups(images: NamedImages): NameGroups | undefined {
  return (
    collect(images, 'folder', groupOfFolder) ??
    collect(images, 'frame', (name) => groupOfName(name, MARKED)) ??
    collect(images, 'number', (name) => groupOfName(name, NUMBERED))
  );
}

function groupOfFolder(name: string): string | undefined {
  const end = name.lastIndexOf('/');
  return end < 0 ? undefined : name.slice(0, end);
}

function groupOfName(name: string, pattern: RegExp): string | undefined {
  const base = name.slice(name.lastIndexOf('/') + 1);
  const stem = pattern.exec(base)?.[1];
  return stem === undefined || stem === '' ? undefined : stem;
}

function collect(
  images: NamedImages,
  by: NameGroups['by'],
  groupOf: (name: string) => string | undefined,
): NameGroups | undefined {
  const sizes = new Map<string, number>();
  const classSizes = new Map<number, number>();
  const keyOf = (index: number) => {
    const group = groupOf(images.nameOf(index));
    return group === undefined ? undefined : `${images.classOf(index)}/${group}`;
  };
  for (let index = 0; index < images.count; index++) {
    const classIndex = images.classOf(index);
    classSizes.set(classIndex, (classSizes.get(classIndex) ?? 0) + 1);
    const key = keyOf(index);
    if (key !== undefined) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  const groups = [...sizes].filter(([key, size]) => size > 1 && size * 2 <= (classSizes.get(classOfKey(key)) ?? 0));
  const imageCount = groups.reduce((sum, [, size]) => sum + size, 0);
  const [first] = groups;
  if (first === undefined || imageCount < MIN_MEAN_SIZE * groups.length || imageCount * 2 < images.count) {
    return undefined;
  }
  const examples = findMembers(images, keyOf, first[0]);
  return { by, groupCount: groups.length, imageCount, groupBy: proposeGroupBy(by, examples[0] as string), examples };
}

/** What `--group-by` wants to group as was found here, in the spelling of an example. */
function proposeGroupBy(by: NameGroups['by'], example: string): string {
  if (by === 'folder') return 'folder';
  if (by === 'number') return NUMBERED.source;
  const word = MARKED.exec(example.slice(example.lastIndexOf('/') + 1))?.[2];
  return `^(.*?)[ ._-]*${word}`;
}

function findMembers(images: NamedImages, keyOf: (index: number) => string | undefined, key: string): string[] {
  const members: string[] = [];
  for (let index = 0; index < images.count && members.length < 3; index++) {
    if (keyOf(index) === key) members.push(images.nameOf(index));
  }
  return members;
}

function classOfKey(key: string): number {
  return Number(key.slice(0, key.indexOf('/')));
}
