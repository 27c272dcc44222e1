import { MAX_PIXELS, type Size } from './image-size.js';
import { type RgbPixels, toRgb } from './pixels.js';
import { Undecodable } from './undecodable.js';

/** What a PBM, PGM or PPM file says before its pixels (netpbm's pbm(5), pgm(5), ppm(5)). */
interface NetpbmHeader extends Size {
  /** 1..6, the digit after the P: bitmap, gray, color; first as text, then binary */
  kind: number;
  /** what stands for white */
  maxValue: number;
  /** of the first pixel, in bytes */
  at: number;
}

const COMMENT = 0x23;
const ZERO = 0x30;
/** Pillow's limits */
const MAX_TOKEN_LENGTH = 10;
const MAX_VALUE = 65_535;

/** @returns undefined for other formats, or without a size */
export function readNetpbmSize(bytes: Buffer): Size | undefined {
  const header = readHeader(bytes);
  return header && { width: header.width, height: header.height };
}

/** Decodes PBM, PGM and PPM as Pillow does. @throws Undecodable */
export function decodeNetpbm(bytes: Buffer): RgbPixels {
  const header = readHeader(bytes);
  if (header === undefined) throw new Undecodable('its header is damaged or truncated');
  const { width, height, kind } = header;
  if (width * height > MAX_PIXELS) throw new Undecodable(`it has more than ${MAX_PIXELS} pixels`);
  const channels = kind % 3 === 0 ? 3 : 1;
  const count = width * height * channels;
  // one byte, digit or bit a value at least: what is not in the file is not allocated
  const leastBytes = kind === 4 ? Math.ceil(width / 8) * height : kind <= 3 ? count : count * bytesPerValue(header);
  if (bytes.length - header.at < leastBytes) throw new Undecodable('it is truncated');
  const values = new Uint8Array(count);
  if (kind === 4) readBits(bytes, header, values);
  else if (kind === 1) readDigits(bytes, header, values);
  else if (kind <= 3) readNumbers(bytes, header, values);
  else readBinary(bytes, header, values);
  return { width, height, data: toRgb(values, channels) };
}

function readHeader(bytes: Buffer): NetpbmHeader | undefined {
  const kind = (bytes[1] ?? 0) - ZERO;
  if (bytes[0] !== 0x50 || kind < 1 || kind > 6 || !(isSpace(bytes[2]) || bytes[2] === COMMENT)) return undefined;
  const reader = { bytes, at: 2 };
  const width = readHeaderNumber(reader);
  const height = readHeaderNumber(reader);
  const maxValue = kind % 3 === 1 ? 1 : readHeaderNumber(reader);
  if (!width || !height || !maxValue || maxValue > MAX_VALUE) return undefined;
  return { kind, width, height, maxValue, at: reader.at };
}

/** A number and the one blank after it; comments may stand before and in it. */
function readHeaderNumber(reader: { bytes: Buffer; at: number }): number | undefined {
  let digits = '';
  for (; reader.at < reader.bytes.length; reader.at++) {
    const byte = reader.bytes[reader.at] as number;
    if (byte === COMMENT) reader.at = endOfLine(reader.bytes, reader.at);
    else if (!isSpace(byte)) digits += String.fromCharCode(byte);
    else if (digits !== '') break;
    if (digits.length > MAX_TOKEN_LENGTH) return undefined;
  }
  reader.at++;
  return /^\d+$/.test(digits) ? Number(digits) : undefined;
}

/** Eight pixels a byte, each row begins with a new one; 1 is black. */
function readBits(bytes: Buffer, { width, height, at }: NetpbmHeader, values: Uint8Array): void {
  const rowBytes = Math.ceil(width / 8);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      const byte = bytes[at + y * rowBytes + (x >> 3)] as number;
      values[to] = byte & (0x80 >> (x & 7)) ? 0 : 255;
    }
  }
}

/** A digit a pixel, with or without blanks between them; 1 is black. */
function readDigits(bytes: Buffer, header: NetpbmHeader, values: Uint8Array): void {
  let to = 0;
  for (let at = header.at; at < bytes.length && to < values.length; at++) {
    const byte = bytes[at] as number;
    if (byte === COMMENT) at = endOfLine(bytes, at);
    else if (byte === ZERO || byte === ZERO + 1) values[to++] = byte === ZERO ? 255 : 0;
    else if (!isSpace(byte)) throw new Undecodable('it is damaged (a pixel is neither 0 nor 1)');
  }
  if (to < values.length) throw new Undecodable('it is truncated');
}

/** Decimal numbers between blanks. */
function readNumbers(bytes: Buffer, header: NetpbmHeader, values: Uint8Array): void {
  const scale = scaleTable(header.maxValue);
  let [to, number, length] = [0, 0, 0];
  for (let at = header.at; to < values.length; at++) {
    const byte = bytes[at];
    if (byte === COMMENT) at = endOfLine(bytes, at);
    else if (byte === undefined || isSpace(byte)) {
      if (length > 0) values[to++] = scale[number] as number;
      if (byte === undefined && to < values.length) throw new Undecodable('it is truncated');
      [number, length] = [0, 0];
    } else {
      number = number * 10 + byte - ZERO;
      length++;
      const isDigit = byte >= ZERO && byte <= ZERO + 9;
      if (!isDigit || number > header.maxValue || length > MAX_TOKEN_LENGTH) {
        throw new Undecodable(`it is damaged (a value is not a number from 0 to ${header.maxValue})`);
      }
    }
  }
}

function readBinary(bytes: Buffer, header: NetpbmHeader, values: Uint8Array): void {
  if (header.maxValue === 255) {
    bytes.copy(values, 0, header.at, header.at + values.length);
    return;
  }
  const scale = scaleTable(header.maxValue);
  const isWide = bytesPerValue(header) === 2;
  for (let to = 0; to < values.length; to++) {
    values[to] = scale[isWide ? bytes.readUInt16BE(header.at + to * 2) : (bytes[header.at + to] as number)] as number;
  }
}

function bytesPerValue({ maxValue }: NetpbmHeader): number {
  return maxValue > 255 ? 2 : 1;
}

/** What each value becomes of 255, rounded as Python does: halves to the even neighbor. */
function scaleTable(maxValue: number): Uint8Array {
  return Uint8Array.from({ length: maxValue > 255 ? MAX_VALUE + 1 : 256 }, (_, value) => {
    const exact = (value / maxValue) * 255;
    const floor = Math.floor(exact);
    const isHalf = exact - floor === 0.5;
    return Math.min(255, isHalf ? floor + (floor % 2) : Math.round(exact));
  });
}

/** Where the line break after a comment is, or the end of the file. */
function endOfLine(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0x0a && bytes[at] !== 0x0d) at++;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);
}
