import { gatherFindings } from '../../dataset/examine/data-findings.js';
import type { DataFindings } from '../../dataset/examine/findings.js';
import { observeImage } from '../../dataset/examine/observation.js';
import { ObservationTable } from '../../dataset/examine/observation-table.js';
import type { LabeledFile } from '../../dataset/folder/image-folder.js';
import type { ImageSourceOptions } from '../../dataset/stream/image-source.js';
import { describeFindings } from '../shared/describe-findings.js';
import type { EventListener } from '../shared/events.js';
import { nameIn } from '../shared/name-in.js';

/** How many images or groups run.json names for each finding. */
const NAMED = 3;

/** Watches the images of a training while they are decoded for the first time. */
export class TrainingCheck {
  readonly #root: string;
  readonly #files: readonly LabeledFile[];
  readonly #trainCount: number;
  #table: ObservationTable | undefined;
  #findings: DataFindings | undefined;

  constructor(root: string, train: readonly LabeledFile[], validation: readonly LabeledFile[] = []) {
    this.#root = root;
    this.#files = [...train, ...validation];
    this.#trainCount = train.length;
    this.#table = new ObservationTable(this.#files.length);
  }

  /** What was found; absent before `conclude`. */
  get findings(): DataFindings | undefined {
    return this.#findings;
  }

  /** to be given to the source of train's images, and to that of validation's */
  watch(split: 'train' | 'validation'): NonNullable<ImageSourceOptions['look']> {
    const first = split === 'train' ? 0 : this.#trainCount;
    return (index) => {
      if (this.#table?.has(first + index) !== false) return undefined;
      return (photograph, file) => this.#table?.set(first + index, observeImage(photograph, file));
    };
  }

  /** Reports what was found in the images decoded so far, once; nothing is watched any more. */
  async conclude(autoOrient: boolean, onEvent: EventListener): Promise<void> {
    const table = this.#table;
    if (table === undefined) return;
    this.#table = undefined;
    const findings = await gatherFindings(table, this.#listImages(), { examples: NAMED });
    this.#findings = findings;
    for (const finding of describeFindings(findings, { autoOrient, isDivided: true })) {
      const { code, level, message, remedy, examples } = finding;
      // Files that are the same in train and validation were reported before the first epoch.
      const isKnown = code === 'straddling' && findings.straddling.groupCount === findings.straddling.identicalCount;
      if (level === 'note' || isKnown) continue;
      onEvent({ type: 'warning', message: `${message}, for example ${examples[0]}. ${remedy}` });
    }
  }

  #listImages() {
    const fileOf = (index: number) => this.#files[index] as LabeledFile;
    return {
      nameOf: (index: number) => nameIn(this.#root, fileOf(index).path),
      classOf: (index: number) => fileOf(index).classIndex,
      splitOf: (index: number) => (index < this.#trainCount ? ('train' as const) : ('validation' as const)),
    };
  }
}
