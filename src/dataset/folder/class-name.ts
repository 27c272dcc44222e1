// The class in a file's name, and the canonical spelling of a class's name.

import path from 'node:path';

/** What cameras, phones and programs call every picture, and what splits are called: `IMG_1234.jpg` is of no class `IMG`. */
const COUNTERS =
  /^(p?img|image|im|dsc[nf]?|gopr|mvi|pxl|frame|scan|screenshot|file|untitled|fb|whatsapp|train|training|val|valid|validation|test|ilsvrc\d*|coco)$/i;

/**
 * The class in a file's name: `cat.0.jpg`, `american_bulldog_12.jpg` and `dog-7.png` are of the classes `cat`,
 * `american_bulldog` and `dog`.
 *
 * @returns undefined if the name has no certain class: no number, no letter before it, two numbers at its end
 * (`cat_2_17.jpg`: is `cat_2` the class?), or a word that a camera puts there
 */
export function readClassName(fileName: string): string | undefined {
  const stem = path.parse(fileName).name;
  const className = /^(.+)[._-]\d+$/.exec(stem)?.[1];
  if (className === undefined || !/\p{L}/u.test(className) || /[._-]\d+$/.test(className)) return undefined;
  const isCounter = className.split(/[._-]/).every((word) => COUNTERS.test(word));
  return isCounter ? undefined : normalizeClassName(className);
}

/**
 * The one spelling of a class's name: letters with accents in one sign each (NFC). macOS writes them as two signs (NFD), so that
 * two copies of one folder have names that look the same and are not.
 */
export function normalizeClassName(name: string): string {
  return name.normalize('NFC');
}
