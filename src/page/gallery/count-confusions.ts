// Counts which class was taken for which.

import type { EntryData } from './gallery-data.js';

/** Images of each class (row) by what they were predicted as (column). */
export function countConfusions(entries: readonly EntryData[], classCount: number): number[][] {
  const matrix = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
  for (const { truth, predicted } of entries) {
    if (truth !== undefined) ((matrix[truth] as number[])[predicted] as number)++;
  }
  return matrix;
}
