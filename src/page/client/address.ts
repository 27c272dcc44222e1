// What an address of the page means.

/** What the page shows. `#image-3/conv2d_2/17` is the view `image-3` at `conv2d_2`, `17`. */
export interface Place {
  /** the id of a section of the page */
  view: string;
  parts: readonly string[];
  /** what stands after a `?` */
  query: string;
  /** the address that was asked for, where the page does not have it and shows the nearest place */
  missed?: string;
}

/** The address of a place, to be read by `parseAddress`. */
export function addressOf(view: string, ...parts: readonly (string | number)[]): string {
  // A comma stays as it is: `4,5` is a cell.
  return `#${[view, ...parts].map((part) => encodeURIComponent(part).replaceAll('%2C', ',')).join('/')}`;
}

/** Reads an address; one without a hash is that of the view ''. */
export function parseAddress(address: string): Place {
  const [path = '', ...query] = address.replace(/^#/, '').split('?');
  const [view = '', ...parts] = path.split('/').map(decode);
  return { view, parts: parts.filter((part) => part !== ''), query: query.join('?') };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Whether two places are the same. */
export function isSamePlace(one: Place, other: Place): boolean {
  return addressOf(one.view, ...one.parts) === addressOf(other.view, ...other.parts) && one.query === other.query;
}
