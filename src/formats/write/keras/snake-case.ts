// Names as Python writes them.

/** `dataFormat` -> `data_format`, `channelsLast` -> `channels_last` */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** How Keras calls a class where it counts layers of one: `Conv2D` -> `conv2d`, `MaxPooling2D` -> `max_pooling2d` */
export function snakeCaseClass(name: string): string {
  return name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
