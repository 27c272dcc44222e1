import path from 'node:path';
import { formatAmount } from '../../base/counts.js';
import { CnnvizError } from '../../base/errors.js';
import { sortFolders } from './auxiliary-folders.js';
import { normalizeClassName, readClassName } from './class-name.js';
import { listFolderNames, readFolder } from './folder-entries.js';
import type { FolderProbe } from './folder-probe.js';
import { listFolder } from './image-files.js';
import { LeftOutList } from './left-out.js';
import { readSplitName } from './split-name.js';

/** A class and the folders that hold its images: two only where names differ in how accents are written. */
export interface ClassFolders {
  name: string;
  /** absolute paths */
  folders: string[];
}

/** Images whose classes are known: by the folders that they are in, or by their names. */
export type ClassPart =
  | { classesBy: 'folders'; folder: string; classes: ClassFolders[]; leftOut: LeftOutList }
  | { classesBy: 'names'; folder: string; files: Map<string, string[]>; leftOut: LeftOutList };

/** A folder whose images have no recognizable classes. */
export interface UnlabeledPart {
  classesBy: undefined;
  folder: string;
  /** what is the matter, to be said of the folder */
  problem: string;
  hint: string;
  /** images without folders */
  isFlat: boolean;
  /** where it has the folder of one class */
  only?: ClassFolders;
}

const CLASS_FOLDERS_HINT = "Put each class's images into a folder of its own: DIR/cats/..., DIR/dogs/...";
const NAMES_HINT = `${CLASS_FOLDERS_HINT} Or name them cat.1.jpg, dog.1.jpg, ..., and run "cnnviz split DIR DEST".`;

/** How many folders are gone down where each holds but one. */
const MAX_DEPTH = 6;

/**
 * Finds the classes in a folder: in its folders, in those of the only folder in it, or in the names of its images.
 *
 * @param options.excluded names of folders that are no classes
 * @throws CnnvizError NOT_READABLE
 */
export async function findClasses(
  folder: string,
  probe: FolderProbe,
  { excluded = [], depth = 0 }: { excluded?: readonly string[]; depth?: number } = {},
): Promise<ClassPart | UnlabeledPart> {
  const leftOut = new LeftOutList();
  const candidates = (await findCandidates(folder, probe, leftOut)).filter((name) => !excluded.includes(name));
  const classes = joinForms(folder, candidates);
  if (classes.length >= 2) {
    const problem = await describeParts(folder, candidates, probe);
    if (problem !== undefined) return problem;
    for (const name of (await listFolder(folder, leftOut)).files) leftOut.add('loose', path.join(folder, name));
    return { classesBy: 'folders', folder, classes, leftOut };
  }
  const [only] = classes;
  if (only === undefined) return readNames(folder, leftOut);
  return findInOnlyFolder(folder, only, probe, depth, leftOut);
}

async function findInOnlyFolder(
  folder: string,
  only: ClassFolders,
  probe: FolderProbe,
  depth: number,
  leftOut: LeftOutList,
): Promise<ClassPart | UnlabeledPart> {
  const empty = leftOut.toArray().find(({ reason }) => reason === 'empty-folder');
  const other = empty === undefined ? '' : `, and no images in "${path.basename(empty.examples[0] as string)}"`;
  const own: UnlabeledPart = {
    classesBy: undefined,
    folder,
    problem: `has only one class ("${only.name}")${other}`,
    hint: CLASS_FOLDERS_HINT,
    isFlat: false,
    only,
  };
  if ((await probe.look(folder)).holdsImages) {
    const loose = (await listFolder(folder, new LeftOutList())).files.length;
    return { ...own, problem: `${own.problem}, and ${formatAmount(loose, 'image')} directly in it` };
  }
  if (depth === MAX_DEPTH || only.folders.length > 1) return own;
  const deeper = await findClasses(only.folders[0] as string, probe, { depth: depth + 1 });
  if (deeper.classesBy === undefined) return deeper.isFlat ? { ...own, hint: deeper.hint } : deeper;
  deeper.leftOut.merge(leftOut.toArray());
  return deeper;
}

/** The folders that can be classes: those with images in them, but for what only says something about the others. */
export async function findCandidates(folder: string, probe: FolderProbe, leftOut: LeftOutList): Promise<string[]> {
  const withImages: string[] = [];
  await refuseUnnamable(folder);
  for (const name of await listFolderNames(folder)) {
    if (await probe.hasImages(path.join(folder, name))) withImages.push(name);
    else leftOut.add('empty-folder', path.join(folder, name));
  }
  const { kept, auxiliary } = sortFolders(withImages);
  const copies: string[] = [];
  for (const name of kept) {
    const { holdsImages, folders } = await probe.look(path.join(folder, name));
    const isCopy =
      !holdsImages &&
      readSplitName(name) === undefined &&
      kept.filter((other) => other !== name && folders.includes(other)).length >= 2;
    if (isCopy) copies.push(name);
  }
  for (const name of [...auxiliary, ...copies]) leftOut.add('folder', path.join(folder, name));
  return kept.filter((name) => !copies.includes(name));
}

/** A class whose folder no path leads to must not be missing in silence. */
async function refuseUnnamable(folder: string): Promise<void> {
  const lost = (await readFolder(folder)).unnamable.find(({ isFolder }) => isFolder);
  if (lost === undefined) return;
  throw new CnnvizError('BAD_DATASET', `${folder}: the name of the folder "${lost.name}" is not UTF-8`, {
    hint: 'Rename it, for example with "convmv -f gbk -t utf8 --notest -r DIR", or unpack its archive with "unzip -O gbk".',
  });
}

/** Whether folders that could be classes are parts of a set, or several sets. */
async function describeParts(
  folder: string,
  candidates: readonly string[],
  probe: FolderProbe,
): Promise<UnlabeledPart | undefined> {
  const splits = candidates.filter((name) => readSplitName(name)?.certain);
  if (splits.length >= 2) {
    const problem = `has ${list(splits)} in place of classes`;
    return { classesBy: undefined, folder, problem, hint: 'Name one of them.', isFlat: false };
  }
  const alike = new Map<string, string[]>();
  for (const name of candidates) {
    const { holdsImages, folders } = await probe.look(path.join(folder, name));
    if (holdsImages || folders.length < 2) continue;
    const key = folders.map(normalizeClassName).join('/');
    alike.set(key, [...(alike.get(key) ?? []), name]);
  }
  const [parts] = [...alike.entries()].filter(([, names]) => names.length >= 2);
  if (parts === undefined) return undefined;
  const [key, names] = parts;
  const problem = `has ${list(names)} side by side, which look like parts of a dataset, not like classes: each has the folders ${list(key.split('/'))}`;
  const hint = `Use one of them, for example ${path.join(folder, names[0] as string)}, or rename them to train, validation and test.`;
  return { classesBy: undefined, folder, problem, hint, isFlat: false };
}

/** One class for names that differ in their Unicode form only. */
function joinForms(folder: string, names: readonly string[]): ClassFolders[] {
  const classes = new Map<string, ClassFolders>();
  for (const spelled of names) {
    const name = normalizeClassName(spelled);
    const found = classes.get(name) ?? { name, folders: [] };
    found.folders.push(path.join(folder, spelled));
    classes.set(name, found);
  }
  return [...classes.values()];
}

async function readNames(folder: string, leftOut: LeftOutList): Promise<ClassPart | UnlabeledPart> {
  const { files } = await listFolder(folder, leftOut);
  const classes = new Map<string, string[]>();
  const unclear: string[] = [];
  for (const name of files) {
    const className = readClassName(name);
    if (className === undefined) unclear.push(name);
    else addTo(classes, className, path.join(folder, name));
  }
  const found =
    files.length === 0
      ? 'has no images'
      : `has no class folder, and ${formatAmount(files.length, 'image')} directly in it`;
  const fail = (problem: string, hint = NAMES_HINT): UnlabeledPart => {
    return { classesBy: undefined, folder, problem: `${found}${problem}`, hint, isFlat: true };
  };
  if (files.length === 0) return fail('', CLASS_FOLDERS_HINT);
  if (unclear.length > 0) {
    const which =
      unclear.length === files.length
        ? 'with no classes in their names'
        : `${unclear.length} of them with no class in the name`;
    return fail(`, ${which} (for example ${unclear[0]})`);
  }
  if (classes.size < 2) return fail(`, all of one class ("${[...classes.keys()][0]}")`);
  const twins = findTwins([...classes.keys()]);
  if (twins !== undefined) return fail(`: the classes ${twins} differ only in case`);
  if (classes.size > Math.max(2, files.length / 2)) return fail(`, whose names would make ${classes.size} classes`);
  return { classesBy: 'names', folder, files: classes, leftOut };
}

/** Two names that differ only in case. */
export function findTwins(names: readonly string[]): string | undefined {
  const byLowerCase = new Map(names.map((name) => [name.toLowerCase(), name]));
  const other = names.find((name) => byLowerCase.get(name.toLowerCase()) !== name);
  return other && `${other} and ${byLowerCase.get(other.toLowerCase())}`;
}

function addTo(lists: Map<string, string[]>, key: string, value: string): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [value]);
  else known.push(value);
}

/** The first few names. */
export function list(names: readonly string[]): string {
  return `${names.slice(0, 4).join(', ')}${names.length > 4 ? ', ...' : ''}`;
}
