// Distinguishes a folder of images from folders with annotations of them.

/** What sets call the folder of the images themselves, where there are others beside it. */
const IMAGE_FOLDER = /^(images?|imgs?|jpe?gs?|jpegimages|pngs?|photos?|pictures?|pics|rgb|data)$/i;

/** What sets call folders that say something about images, and hold images of their own at times. */
const AUXILIARY_FOLDER =
  /^(annotations?|labels?|(\w+[_ -])?masks?|segmentation(s|class|object)?|trimaps?|bound(ing)?[_ -]?boxe?s?|bbox(es)?|ground[_ -]?truths?|gt|meta(data)?|lists?|splits?|parts|attributes|xmls?|imagesets|depths?|heatmaps?|thumb(nail)?s?|previews?|docs?)$/i;

/** The folders of images among some, and those beside them that are no more than an addition. */
export interface SortedFolders {
  kept: string[];
  auxiliary: string[];
}

/**
 * Distinguishes the folder of the images from folders with their annotations: `images` beside `annotations`, `masks` or `meta`.
 *
 * @param names of folders that lie beside each other
 */
export function sortFolders(names: readonly string[]): SortedFolders {
  const others = names.filter((name) => !IMAGE_FOLDER.test(name));
  const isPlain = others.length === names.length || !others.every((name) => AUXILIARY_FOLDER.test(name));
  if (isPlain) return { kept: [...names], auxiliary: [] };
  return { kept: names.filter((name) => IMAGE_FOLDER.test(name)), auxiliary: others };
}
