// What two networks say of the same images, and where they differ.

import { classify, classProbabilities } from '../shared/classify.js';
import { checkPrediction } from '../shared/true-class.js';
import type { JudgedImage, Judgements } from './result.js';
import type { Side } from './sides.js';

/** Keeps the images that two networks differ on most. */
export class ImageJudge {
  readonly #sides: readonly [Side, Side];
  readonly #count: number;
  /** for each class of the first network its place in the second */
  readonly #places: readonly number[];
  readonly #classNames: readonly string[];
  readonly #right = { both: 0, onlyA: 0, onlyB: 0, neither: 0 };
  #images: JudgedImage[] = [];
  #sameCount = 0;
  #imageCount = 0;

  private constructor(
    sides: readonly [Side, Side],
    places: readonly number[],
    folderClasses: readonly string[],
    count: number,
  ) {
    this.#sides = sides;
    this.#places = places;
    this.#classNames = folderClasses;
    this.#count = count;
  }

  /** @param folderClasses of the images' folder @param count images to keep @returns undefined where the two do not give probabilities of the same classes */
  static open(sides: readonly [Side, Side], folderClasses: readonly string[], count: number): ImageJudge | undefined {
    const [a, b] = sides.map(({ found }) => found.classNames) as [readonly string[], readonly string[]];
    // Labels each have a probability of their own: half the sum of the differences would go beyond 1.
    const both = sides.every(({ trained }) => trained.network.outputKind === 'probabilities');
    if (!both || a.length === 0 || a.length !== b.length || a.some((name) => !b.includes(name))) return undefined;
    const places = a.map((name) => b.indexOf(name));
    return new ImageJudge(sides, places, folderClasses, count);
  }

  /** @param outputs of the last layers for one image */
  add(path: string, classIndex: number, outputs: { a: Float32Array; b: Float32Array }): void {
    const [a, b] = [classProbabilities(outputs.a), classProbabilities(outputs.b)];
    const difference =
      a.reduce((sum, value, index) => sum + Math.abs(value - (b[this.#places[index] as number] as number)), 0) / 2;
    const trueClass = this.#classNames[classIndex];
    const [first, second] = [outputs.a, outputs.b].map((values, index) => {
      const { found, trained } = this.#sides[index] as Side;
      const known = trueClass !== undefined && found.classNames.includes(trueClass) ? trueClass : undefined;
      return checkPrediction(classify(values, found.classNames, trained.network.outputKind), known);
    }) as [JudgedImage['a'], JudgedImage['b']];
    this.#imageCount++;
    if (first.className === second.className) this.#sameCount++;
    if (first.correct !== undefined) this.#countRight(first.correct, second.correct === true);
    this.#images.push({ path, difference, a: first, b: second });
    if (this.#images.length >= 2 * this.#count + 64) this.#images = this.#keep();
  }

  get judgements(): Judgements {
    const { both, onlyA, onlyB, neither } = this.#right;
    const isKnown = both + onlyA + onlyB + neither > 0;
    return {
      ...{ sameCount: this.#sameCount, imageCount: this.#imageCount },
      ...(isKnown && { right: { ...this.#right } }),
      images: this.#keep(),
    };
  }

  #keep(): JudgedImage[] {
    const order = (x: JudgedImage, y: JudgedImage) => y.difference - x.difference || (x.path < y.path ? -1 : 1);
    return this.#images.sort(order).slice(0, this.#count);
  }

  #countRight(a: boolean, b: boolean): void {
    if (a && b) this.#right.both++;
    else if (a) this.#right.onlyA++;
    else if (b) this.#right.onlyB++;
    else this.#right.neither++;
  }
}
