import type { Random } from '../../../src/base/random.js';

/** How often a component is sampled along each side. */
export type Sampling = readonly [horizontal: number, vertical: number];

export interface WrittenJpeg {
  width: number;
  height: number;
  /** of each component: one is gray, three are YCbCr */
  sampling: readonly Sampling[];
  /** units between two restart markers; 0: none */
  restartInterval: number;
}

/** All codes are four bits long, so the first eight symbols have the codes 0 to 7. */
const DC_SYMBOLS = [0, 1, 2, 3, 4, 5, 6, 7];
/** End of block, and runs of zeros with the length of the number behind them. */
const AC_SYMBOLS = [0x00, 0x01, 0x02, 0x03, 0x11, 0x12, 0x21, 0x31];

/** A sequential JPEG of random coefficients (ITU-T T.81), with what sharp does not write: any sampling, and restart markers. */
export function writeJpeg({ width, height, sampling, restartInterval }: WrittenJpeg, random: Random): Buffer {
  const components = sampling.flatMap(([horizontal, vertical], index) => [index + 1, horizontal * 16 + vertical, 0]);
  const frame = [8, ...short(height), ...short(width), sampling.length, ...components];
  const scan = [sampling.length, ...sampling.flatMap((_, index) => [index + 1, 0]), 0, 63, 0];
  const isAlone = sampling.length === 1;
  const across = isAlone ? 1 : Math.max(...sampling.map(([horizontal]) => horizontal));
  const down = isAlone ? 1 : Math.max(...sampling.map(([, vertical]) => vertical));
  const units = Math.ceil(width / (8 * across)) * Math.ceil(height / (8 * down));
  const blocks = isAlone ? 1 : sampling.reduce((sum, [horizontal, vertical]) => sum + horizontal * vertical, 0);
  return Buffer.from([
    ...[0xff, 0xd8],
    ...segment(0xdb, [0, ...new Array<number>(64).fill(6)]),
    ...segment(0xc0, frame),
    ...segment(0xc4, [0x00, ...codeLengths(DC_SYMBOLS), ...DC_SYMBOLS]),
    ...segment(0xc4, [0x10, ...codeLengths(AC_SYMBOLS), ...AC_SYMBOLS]),
    ...(restartInterval === 0 ? [] : segment(0xdd, short(restartInterval))),
    ...segment(0xda, scan),
    ...writeScan(units, blocks, restartInterval, random),
    ...[0xff, 0xd9],
  ]);
}

function writeScan(units: number, blocks: number, restartInterval: number, random: Random): number[] {
  const bytes: number[] = [];
  let bits = '';
  const flush = () => {
    bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
    for (let at = 0; at < bits.length; at += 8) {
      const byte = Number.parseInt(bits.slice(at, at + 8), 2);
      bytes.push(...(byte === 0xff ? [byte, 0] : [byte]));
    }
    bits = '';
  };
  for (let unit = 0; unit < units; unit++) {
    if (restartInterval > 0 && unit > 0 && unit % restartInterval === 0) {
      flush();
      bytes.push(0xff, 0xd0 + ((unit / restartInterval - 1) % 8));
    }
    for (let block = 0; block < blocks; block++) bits += writeBlock(random);
  }
  flush();
  return bytes;
}

function writeBlock(random: Random): string {
  const draw = (count: number) => Math.floor(random() * count);
  const number = (length: number) => Array.from({ length }, () => draw(2)).join('');
  const code = (symbol: number) => symbol.toString(2).padStart(4, '0');
  const difference = draw(6);
  let bits = code(difference) + number(difference);
  for (let left = draw(6); left > 0; left--) {
    const symbol = 1 + draw(AC_SYMBOLS.length - 1);
    bits += code(symbol) + number((AC_SYMBOLS[symbol] as number) % 16);
  }
  return bits + code(0);
}

function codeLengths(symbols: readonly number[]): number[] {
  return Array.from({ length: 16 }, (_, index) => (index === 3 ? symbols.length : 0));
}

function segment(marker: number, content: readonly number[]): number[] {
  return [0xff, marker, ...short(content.length + 2), ...content];
}

function short(value: number): number[] {
  return [value >> 8, value & 0xff];
}
