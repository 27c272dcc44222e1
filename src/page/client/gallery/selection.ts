// Which images are shown, in which order, and the address that says so.

import type { EntryData } from '../../gallery/gallery-data.js';

/** Below it a prediction is unsure. */
const sureFrom = 0.6;

export type Sort = 'surprise' | 'confident' | 'unsure' | 'name';

export const sorts: readonly Sort[] = ['surprise', 'confident', 'unsure', 'name'];

/** Whether it is shown: a word, or the class of the folder and the predicted one, each perhaps any. */
export type Filter = 'all' | 'right' | 'wrong' | 'unsure' | { truth?: number; predicted?: number };

export interface Selection {
  filter: Filter;
  sort: Sort;
}

/** What an address after `#all/` means; what it does not say, or says wrong, is as it is without one: `0-1?name`. */
export function parseSelection(address: string): Selection {
  const [filter = '', sort = ''] = address.split('?');
  return { filter: parseFilter(filter), sort: sorts.find((each) => each === sort) ?? 'surprise' };
}

function parseFilter(text: string): Filter {
  if (text === 'right' || text === 'wrong' || text === 'unsure') return text;
  const [, truth = '', predicted = ''] = /^(\d*)-(\d*)$/.exec(text) ?? [];
  if (truth === '' && predicted === '') return 'all';
  return { ...(truth && { truth: Number(truth) }), ...(predicted && { predicted: Number(predicted) }) };
}

/** The address that `parseSelection` reads; empty for that of all images as they come. */
export function formatSelection({ filter, sort }: Selection): string {
  const name =
    typeof filter === 'object' ? `${filter.truth ?? ''}-${filter.predicted ?? ''}` : filter === 'all' ? '' : filter;
  return `${name === '-' ? '' : name}${sort === 'surprise' ? '' : `?${sort}`}`;
}

/** The probability of the predicted class. */
function confidenceOf({ probabilities }: EntryData): number {
  return probabilities[0]?.[1] ?? 0;
}

/** How surprising the folder's class is to the network: -log p; where there is none, how unsure it is of its own. */
function surpriseOf({ truth, predicted, probabilities }: EntryData): number {
  const wanted = truth ?? predicted;
  const [, probability = 0] = probabilities.find(([classIndex]) => classIndex === wanted) ?? [];
  return -Math.log(probability);
}

function matches(entry: EntryData, filter: Filter): boolean {
  const { truth, predicted } = entry;
  if (filter === 'all') return true;
  if (filter === 'right') return truth === predicted;
  if (filter === 'wrong') return truth !== undefined && truth !== predicted;
  if (filter === 'unsure') return confidenceOf(entry) < sureFrom;
  return (filter.truth ?? truth) === truth && (filter.predicted ?? predicted) === predicted;
}

/** How many images there are of a kind. */
export function countEntries(entries: readonly EntryData[], filter: Filter): number {
  return entries.filter((entry) => matches(entry, filter)).length;
}

/** The places of the images that are shown, in order; equals as they come. */
export function selectEntries(entries: readonly EntryData[], { filter, sort }: Selection): number[] {
  const places = [...entries.keys()].filter((place) => matches(entries[place] as EntryData, filter));
  const names = new Intl.Collator(undefined, { numeric: true });
  const compare: Record<Sort, (a: EntryData, b: EntryData) => number> = {
    surprise: (a, b) => difference(surpriseOf(b), surpriseOf(a)),
    confident: (a, b) => confidenceOf(b) - confidenceOf(a),
    unsure: (a, b) => confidenceOf(a) - confidenceOf(b),
    name: (a, b) => names.compare(a.name, b.name),
  };
  return places.sort((a, b) => compare[sort](entries[a] as EntryData, entries[b] as EntryData) || a - b);
}

/** Infinities are equal, too. */
function difference(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
