import type { LeftOut } from './left-out.js';

/** The three parts that a data folder can have. */
export type SplitName = 'train' | 'validation' | 'test';

/** One image on disk with its class. */
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
  /** where each split's classes were found; a split that was set aside has none */
  places: Partial<Record<SplitName, SplitPlace>>;
  /** splits that are there and cannot be used */
  unusable: UnusableSplit[];
  /** what lies in the folder and is not used, by reason */
  leftOut: LeftOut[];
}

/** Where a split's images are, and where their classes come from. */
export interface SplitPlace {
  /** absolute path of the folder that holds the class folders, or the images themselves */
  folder: string;
  classesBy: 'folders' | 'names';
}

/** A split without classes, or with other classes than the others have. */
export interface UnusableSplit {
  split: SplitName;
  /** absolute path */
  folder: string;
  /** what is the matter, to be said of the folder: `has only one class ("unknown")` */
  problem: string;
}
