// Which two of the page's images are compared, as the address says.

import { addressOf } from '../address.js';
import type { Page } from '../page.js';
import type { PageImage } from '../page-image.js';

/** One of the two. */
export interface Side {
  /** in addresses: `2`, and `b2` for what another network makes of image 2 */
  key: string;
  /** in lists */
  name: string;
  image: PageImage;
  /** index = class index */
  classNames: readonly string[];
}

/** What a part of the view gets. */
export interface Comparison {
  page: Page;
  a: Side;
  b: Side;
  /** that both have, in the network's order */
  layers: readonly string[];
}

/** All that can be compared: the images, and what the other network makes of them. */
export function listSides({ images, others, data }: Page): Side[] {
  const nameOf = (image: PageImage, network: string) =>
    others.length === 0 ? `${image.number}: ${image.data.name}` : `${image.data.name}, ${network}`;
  return [
    ...images.map((image) => {
      return {
        key: String(image.number),
        name: nameOf(image, nameModel(data.model)),
        image,
        classNames: data.classNames,
      };
    }),
    ...others.map((image) => {
      const { model, classNames } = data.against ?? data;
      return { key: `b${image.number}`, name: nameOf(image, nameModel(model)), image, classNames };
    }),
  ];
}

/** The two sides that an address names, and what stands after them; the first two that belong together where it names none. */
export function readSides(
  [first, second, ...rest]: readonly string[],
  sides: readonly Side[],
): { a: Side; b: Side; rest: readonly string[] } {
  const find = (key: string | undefined) => sides.find((side) => side.key === key);
  const a = find(first) ?? (sides[0] as Side);
  const b = find(second) ?? find(`b${a.key}`) ?? sides.find((side) => side !== a) ?? a;
  return { a, b, rest };
}

export function addressOfSides(a: Side, b: Side, ...rest: readonly (string | number)[]): string {
  return addressOf('compare', a.key, b.key, ...rest);
}

/** The layers that both have maps of, of the same size and number of channels. */
export function commonLayers(a: Side, b: Side): string[] {
  return a.image.data.layers
    .filter(({ name, width, height, min }) => {
      const other = b.image.findLayer(name);
      const isSame = other?.width === width && other.height === height && other.min.length === min.length;
      return isSame && a.image.hasMaps(name) && b.image.hasMaps(name);
    })
    .map(({ name }) => name);
}

function nameModel({ name, weights }: Page['data']['model']): string {
  return weights === undefined ? name : `${name} (${weights})`;
}
