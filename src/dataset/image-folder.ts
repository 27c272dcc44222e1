/** The three parts that a data folder can have. */
export type SplitName = 'train' | 'validation' | 'test';

/** One photograph on disk with its class. */
export interface LabeledFile {
  /** absolute path */
  path: string;
  /** index into ImageFolder.classNames */
  classIndex: number;
}

/** A folder of class folders, listed and split but not read. */
export interface ImageFolder {
  /** absolute path */
  root: string;
  /** sorted as Keras sorts them; index = class index */
  classNames: string[];
  splits: Partial<Record<SplitName, LabeledFile[]>>;
  /** files that are hidden or not pictures */
  ignoredCount: number;
  /** pictures in a format that cannot be decoded (heic, jp2, ...), absolute paths */
  unsupported: string[];
}
