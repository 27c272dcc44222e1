// Parses --group-by: `folder`, or a regular expression for names.

import { dirname, relative, sep } from 'node:path';
import { badArgument } from '../../base/errors.js';
import type { LabeledFile } from './image-folder.js';

/** What groups are made by: `folder` for the folder that a file lies in, else a regular expression. */
export type GroupBy = string;

const EXPECTED = '"folder", or a regular expression such as ^(rec\\d+)_';

/** The groups of some files: what belongs together must not lie on both sides of a split. */
export interface FileGroups {
  /** of each file */
  keys: string[];
  /** files that the regular expression does not match: each forms its own group */
  unmatched: string[];
}

/** @throws CnnvizError BAD_ARGUMENT */
export function requireGroupBy(groupBy: unknown): void {
  if (typeof groupBy !== 'string' || groupBy === '') throw badArgument('groupBy', EXPECTED, groupBy);
  if (groupBy !== 'folder') compile(groupBy);
}

function compile(groupBy: GroupBy): RegExp {
  try {
    return new RegExp(groupBy, 'u');
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^.*\/u?: /, '') : '';
    throw badArgument('groupBy', `${EXPECTED} (${reason})`, groupBy);
  }
}

/**
 * Groups files, of all classes together: by their folder within the data folder, or by what a regular expression finds in
 * their path within the class folder: its first group in parentheses, else all that it matches.
 *
 * @param root the data folder
 * @throws CnnvizError BAD_ARGUMENT for an expression that matches not one file
 */
export function groupFiles(
  files: readonly LabeledFile[],
  root: string,
  classNames: readonly string[],
  groupBy: GroupBy,
): FileGroups {
  if (groupBy === 'folder') return { keys: files.map(({ path }) => relative(root, dirname(path))), unmatched: [] };
  const pattern = compile(groupBy);
  const unmatched: string[] = [];
  const keys = files.map(({ path, classIndex }) => {
    const match = pattern.exec(pathInClass(root, classNames[classIndex] as string, path));
    if (match !== null) return match[1] ?? match[0];
    unmatched.push(path);
    return `\0${path}`; // no file name has this
  });
  if (files.length > 0 && unmatched.length === files.length) {
    const [first] = files as [LabeledFile];
    const example = pathInClass(root, classNames[first.classIndex] as string, first.path);
    throw badArgument('groupBy', `a regular expression that matches paths such as ${example}`, groupBy);
  }
  return { keys, unmatched };
}

/** `cats/rec1/3.jpg` is `rec1/3.jpg`; where no folder has the class's name, the path within the data folder. */
export function pathInClass(root: string, className: string, path: string): string {
  const parts = relative(root, path).split(sep);
  const place = parts.slice(0, -1).findIndex((part) => part.normalize() === className.normalize());
  return parts.slice(place + 1).join('/');
}
