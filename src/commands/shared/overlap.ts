/** How the images that a command uses overlap with those of the network's run. Counts of images. */
export interface Overlap {
  /** used, and trained on */
  trainedOn: number;
  /** used, and held out for validation in training */
  heldOut: number;
  /** in the folder and not used, since the run has never seen them */
  newCount: number;
  /** in the folder and not used, since they were the run's under the same name and have another size now */
  changedCount: number;
  /** of the part of the run's images that is used, those that are not in the folder */
  missingCount: number;
}
