// What can be wrong with the images of a folder.

/** Some images: how many, and the first of them. */
export interface FoundImages {
  count: number;
  /** names, as in `ListedImages` */
  examples: string[];
}

/** Pictures that are there several times. */
export interface FoundGroups {
  groupCount: number;
  /** groups with the same bytes throughout */
  identicalCount: number;
  /** of all groups together */
  imageCount: number;
  /** those with equal bytes first, then the surest */
  examples: FoundGroup[];
}

export interface FoundGroup {
  /** names of the first few, of different splits or classes where there are such */
  images: string[];
  imageCount: number;
  /** the same bytes throughout; else the pictures look the same */
  identical: boolean;
  /** bits of 256 in which perceptual hashes differ, at most */
  distance: number;
}

/** What is the matter with images that decode well. */
export interface DataFindings {
  /** images that were decoded */
  examined: number;
  /** their Exif data ask to turn or mirror them */
  turned: FoundImages;
  /** 16-bit values below an eighth of their range */
  dark: FoundImages;
  /** floating point values from 0 to 1 */
  black: FoundImages;
  /** values of more than 16 bits, which are cut off at 0 and 255 */
  clipped: FoundImages;
  /** one color throughout */
  constant: FoundImages;
  /** the same picture under two classes */
  contradictory: FoundGroups;
  /** the same picture in two splits */
  straddling: FoundGroups;
  /** the same picture several times in one split and class */
  repeated: FoundGroups;
}
