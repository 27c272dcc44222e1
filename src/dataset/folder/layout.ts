// Recognizes the shapes of data folders: class folders, splits, folders in folders.

import path from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { type ClassPart, findCandidates, findClasses, list, type UnlabeledPart } from './class-part.js';
import { FolderProbe } from './folder-probe.js';
import type { SplitName } from './image-folder.js';
import { LeftOutList } from './left-out.js';
import { readSplitName } from './split-name.js';

/** How a data folder is laid out: where its splits are, and where the classes come from. */
export interface DataLayout {
  /** `train` alone for what is not divided */
  parts: Partial<Record<SplitName, ClassPart>>;
  isDivided: boolean;
  /** splits whose images have no classes, and folders that are neither */
  unlabeled: Partial<Record<SplitName, UnlabeledPart>>;
  leftOut: LeftOutList;
}

interface Claim {
  name: string;
  split: SplitName;
  certain: boolean;
  part: ClassPart | UnlabeledPart;
}

/** How many folders are gone down where each holds but one. */
const MAX_DEPTH = 6;

/**
 * Recognizes the usual shapes of a data folder, also as archives are unpacked: class folders; split folders under their usual
 * names, with class folders or with names that contain the classes; and any of these in the only folder of a folder.
 *
 * @returns an unlabeled part if there are no recognizable classes
 * @throws CnnvizError NOT_READABLE; BAD_DATASET when two folders claim one split, or where no path leads to a folder
 */
export async function findLayout(
  root: string,
  probe = new FolderProbe(),
  depth = 0,
): Promise<DataLayout | UnlabeledPart> {
  const leftOut = new LeftOutList();
  const candidates = await findCandidates(root, probe, leftOut);
  const claims = await findClaims(root, candidates, probe);
  const others = candidates.filter((name) => !claims.some((claim) => claim.name === name));
  if (others.length >= 2 && !hasTrain(claims)) return takeClasses(root, claims, probe);
  if (claims.some(({ part }) => part.classesBy !== undefined)) {
    for (const name of others) leftOut.add('folder', path.join(root, name));
    return divide(root, claims, leftOut);
  }
  if (areSplits(claims, others)) return describeSplits(root, claims);
  const [only] = candidates;
  const { holdsImages } = await probe.look(root);
  if (only !== undefined && candidates.length === 1 && !holdsImages && depth < MAX_DEPTH) {
    const deeper = await findLayout(path.join(root, only), probe, depth + 1);
    if (!('classesBy' in deeper)) {
      deeper.leftOut.merge(leftOut.toArray());
      return deeper;
    }
    if (!deeper.isFlat) return deeper;
  }
  const part = await findClasses(root, probe);
  if (part.classesBy === undefined) return part;
  return { parts: { train: part }, isDivided: false, unlabeled: {}, leftOut: new LeftOutList() };
}

async function findClaims(root: string, candidates: readonly string[], probe: FolderProbe): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (const name of candidates) {
    const claim = readSplitName(name);
    if (claim !== undefined) claims.push({ name, ...claim, part: await findClasses(path.join(root, name), probe) });
  }
  return claims;
}

/** Whether a folder is surely the training split: beside two other folders a `bullet_train` alone is a class. */
function hasTrain(claims: readonly Claim[]): boolean {
  const labeled = claims.filter(({ part }) => part.classesBy !== undefined);
  const isTrain = labeled.some(({ split }) => split === 'train');
  return isTrain && (labeled.some(({ certain }) => certain) || new Set(labeled.map(({ split }) => split)).size >= 2);
}

/** Whether folders without classes are splits rather than classes. A lone `train` can be a class of vehicles. */
function areSplits(claims: readonly Claim[], others: readonly string[]): boolean {
  const kinds = new Set(claims.map(({ split }) => split));
  if (kinds.size >= 2) return others.length === 0 || claims.some(({ certain }) => certain);
  return others.length > 0 && claims.some(({ certain, split }) => certain && split !== 'train');
}

/** Class folders, and perhaps a validation or test folder beside them. */
async function takeClasses(
  root: string,
  claims: readonly Claim[],
  probe: FolderProbe,
): Promise<DataLayout | UnlabeledPart> {
  const splits = claims.filter(({ certain, split }) => certain && split !== 'train');
  const names = splits.map(({ name }) => name);
  const part = await findClasses(root, probe, { excluded: names });
  if (part.classesBy === undefined) return part;
  const layout = divide(root, splits, new LeftOutList());
  layout.parts.train = part;
  layout.isDivided = Object.keys(layout.parts).length > 1;
  return layout;
}

/** @throws CnnvizError BAD_DATASET */
function divide(root: string, claims: readonly Claim[], leftOut: LeftOutList): DataLayout {
  const layout: DataLayout = { parts: {}, isDivided: true, unlabeled: {}, leftOut };
  for (const split of ['train', 'validation', 'test'] as const) {
    const own = claims.filter((claim) => claim.split === split);
    const labeled = own.filter(({ part }) => part.classesBy !== undefined || part.only !== undefined);
    if (labeled.length > 1 && split !== 'test') {
      const names = labeled.map(({ name }) => name).join(', ');
      throw new CnnvizError('BAD_DATASET', `${root} has more than one ${split} folder: ${names}`, {
        hint: 'Keep one of them, or merge them.',
      });
    }
    const [chosen] = labeled.length > 0 ? labeled : own;
    for (const { name, part } of own) {
      if (part !== chosen?.part) leftOut.add('folder', path.join(root, name));
    }
    if (chosen === undefined) continue;
    if (chosen.part.classesBy === undefined) layout.unlabeled[split] = chosen.part;
    else if (labeled.length === 1) layout.parts[split] = chosen.part;
    else layout.unlabeled[split] = describeSeveral(root, labeled);
  }
  return layout;
}

function describeSeveral(root: string, claims: readonly Claim[]): UnlabeledPart {
  const problem = `has more than one test folder: ${list(claims.map(({ name }) => name))}`;
  return { classesBy: undefined, folder: root, problem, hint: 'Keep one of them, or merge them.', isFlat: false };
}

function describeSplits(root: string, claims: readonly Claim[]): UnlabeledPart {
  const first = claims.find(({ split }) => split === 'train') ?? (claims[0] as Claim);
  const names = list(claims.map(({ name }) => name));
  const { problem = '', hint = '' } = first.part.classesBy === undefined ? first.part : {};
  return {
    classesBy: undefined,
    folder: root,
    problem: `has ${names} in place of classes: they look like splits, and the classes of their images are unknown: ${first.name} ${problem}`,
    hint: `${hint} Tables and label files are not read.`,
    isFlat: false,
  };
}
