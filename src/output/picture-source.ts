// What a picture says of where it comes from: of which network, of which images.

/** The same in words and for programs. */
export interface PictureSource {
  /** the network, then the images; where a picture has no room for both in a line, each has its own */
  words: readonly string[];
  /** by keyword: text chunks of a PNG file */
  texts: Readonly<Record<string, string>>;
}

/** The words as the end of a title: ` - run8, epoch 8 - 500 test images of cats_dogs`; nothing where there are none. */
export function sourceSuffix({ words }: PictureSource): string {
  return words.map((part) => ` - ${part}`).join('');
}

/** A long name without its middle: a name's end identifies it as much as its beginning. */
export function shortenName(name: string): string {
  const characters = [...name];
  return characters.length <= 40 ? name : `${characters.slice(0, 18).join('')}...${characters.slice(-18).join('')}`;
}
