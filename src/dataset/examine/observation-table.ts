import { FingerprintTable } from './fingerprint-table.js';
import { DEPTH_EFFECTS, type DepthEffect, type ImageObservation } from './observation.js';

/** What was noticed of many images, by their index: 61 bytes each. */
export class ObservationTable {
  readonly fingerprints: FingerprintTable;
  /** names of the formats that were met */
  readonly formats: string[] = [];
  readonly widths: Uint32Array;
  readonly heights: Uint32Array;
  readonly #formats: Uint8Array;
  readonly #orientations: Uint8Array;
  readonly #depths: Uint8Array;
  readonly #constants: Uint8Array;
  #observedCount = 0;

  /** @param count images at most */
  constructor(count: number) {
    this.fingerprints = new FingerprintTable(count);
    this.widths = new Uint32Array(count);
    this.heights = new Uint32Array(count);
    this.#formats = new Uint8Array(count);
    this.#orientations = new Uint8Array(count);
    this.#depths = new Uint8Array(count);
    this.#constants = new Uint8Array(count);
  }

  get count(): number {
    return this.fingerprints.count;
  }

  /** Images that were decoded so far. */
  get observedCount(): number {
    return this.#observedCount;
  }

  set(index: number, observation: ImageObservation): void {
    if (!this.has(index)) this.#observedCount++;
    const { format, width, height, orientation, depth, isConstant } = observation;
    if (!this.formats.includes(format)) this.formats.push(format);
    this.#formats[index] = this.formats.indexOf(format);
    this.widths[index] = width;
    this.heights[index] = height;
    this.#orientations[index] = orientation;
    this.#depths[index] = DEPTH_EFFECTS.indexOf(depth);
    this.#constants[index] = isConstant ? 1 : 0;
    this.fingerprints.set(index, observation);
  }

  /** Whether the image was decoded. */
  has(index: number): boolean {
    return this.fingerprints.has(index);
  }

  formatOf(index: number): string {
    return this.formats[this.#formats[index] as number] as string;
  }

  /** Whether its Exif data ask to turn or mirror it. */
  isTurned(index: number): boolean {
    return (this.#orientations[index] as number) > 1;
  }

  depthOf(index: number): DepthEffect {
    return DEPTH_EFFECTS[this.#depths[index] as number] as DepthEffect;
  }

  isConstant(index: number): boolean {
    return this.#constants[index] === 1;
  }
}
