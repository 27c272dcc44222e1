// Lists of hosts as Slurm writes them.

import { badArgument } from '../base/errors.js';

/**
 * Expands `n[1-2],m5,o[3-4,6,7-9]`: to n1, n2, m5, o3, o4, o6, ... Numbers keep their leading zeros. What follows a bracket stays:
 * `job-[0-1].service:2222`.
 *
 * @throws CnnvizError BAD_ARGUMENT
 */
export function expandHosts(name: string, list: string): string[] {
  return splitOutsideBrackets(list).flatMap((part) => {
    const match = /^([^[\]]*)\[([^[\]]+)\]([^[\]]*)$/.exec(part);
    if (match === null) {
      if (part === '' || /[[\]]/.test(part)) throw badArgument(name, 'hosts such as a,b or n[1-4]', list);
      return [part];
    }
    const [, before, numbers, after] = match as unknown as [string, string, string, string];
    return numbers.split(',').flatMap((range) => expandRange(name, range).map((number) => before + number + after));
  });
}

function expandRange(name: string, range: string): string[] {
  const [, first, last = first] = (/^(\d+)(?:-(\d+))?$/.exec(range) ?? []) as [string?, string?, string?];
  const count = Number(last) - Number(first) + 1;
  if (first === undefined || !(count >= 1 && count <= 10_000)) {
    throw badArgument(name, 'ranges such as 1-4 between the brackets', range);
  }
  return Array.from({ length: count }, (_, at) => String(Number(first) + at).padStart(first.length, '0'));
}

function splitOutsideBrackets(list: string): string[] {
  return list.split(/,(?![^[]*\])/);
}

/** Expands `3(x2),2`, Slurm's tasks of each node: to 3, 3, 2. @throws CnnvizError BAD_ARGUMENT */
export function expandCounts(name: string, list: string): number[] {
  return list.split(',').flatMap((part) => {
    const [, count, times = '1'] = (/^(\d+)(?:\(x(\d+)\))?$/.exec(part) ?? []) as [string?, string?, string?];
    if (count === undefined) throw badArgument(name, 'counts such as 3(x2),2', list);
    return Array.from({ length: Number(times) }, () => Number(count));
  });
}
