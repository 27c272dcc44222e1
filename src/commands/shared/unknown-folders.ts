// Class folders that a network's images do not come from.

/** A folder of a class that the network does not know, and how many images are not used for that. */
export interface UnknownClass {
  className: string;
  imageCount: number;
}

/** `not used, since the network has no such class: rabbits (3)` */
export function describeUnknown(classes: readonly UnknownClass[]): string {
  const list = classes.map(({ className, imageCount }) => `${className} (${imageCount})`).join(', ');
  return `not used, since the network has no such class: ${list}`;
}
