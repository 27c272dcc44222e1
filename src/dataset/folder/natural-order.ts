// Names in numeric order.

/**
 * Compares names as people number files: runs of digits by their value (`cat.2` before `cat.10`), everything else by code
 * point. Names that differ in leading zeros only follow each other in a fixed order. (Intl.Collator sorts by the machine's
 * ICU data; this is the same everywhere.)
 *
 * @returns below 0, 0 or above 0, as `sort` takes it
 */
export function compareNaturally(a: string, b: string): number {
  const partsOfA = splitAtNumbers(a);
  const partsOfB = splitAtNumbers(b);
  for (let index = 0; index < Math.min(partsOfA.length, partsOfB.length); index++) {
    const order = compareParts(partsOfA[index] as string, partsOfB[index] as string);
    if (order !== 0) return order;
  }
  return partsOfA.length - partsOfB.length || compareText(a, b);
}

/** `cat.10.jpg`: `cat.`, `10`, `.jpg` */
function splitAtNumbers(name: string): string[] {
  return name.match(/\d+|\D+/g) ?? [];
}

function compareParts(a: string, b: string): number {
  if (!isNumber(a) || !isNumber(b)) return compareText(a, b);
  // Digits without a limit to their count: without leading zeros the longer number is the greater.
  const [digitsOfA, digitsOfB] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return digitsOfA.length - digitsOfB.length || compareText(digitsOfA, digitsOfB);
}

function isNumber(part: string): boolean {
  return /^\d/.test(part);
}

function compareText(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
