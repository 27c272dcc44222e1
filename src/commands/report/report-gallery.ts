// The small images of a page: collected before those in full are made, since they decide which these are.

import type { BadFile } from '../../dataset/stream/batch.js';
import { renderGallery } from '../../page/gallery/gallery.js';
import { written } from '../../page/texts/en-written.js';
import type { GalleryView } from '../../page/write-page.js';
import type { CheckedPrediction } from '../shared/true-class.js';
import { chooseFull } from './choose-full.js';
import { type CollectedEntries, type CollectedEntry, collectEntries } from './collect-entries.js';
import type { ReportedImages } from './open-images.js';
import type { ReportSettings } from './options.js';
import type { ReportedImage } from './result.js';

/** An image, and its place among all. */
export interface PlacedImage {
  image: string;
  place: number;
}

/** One that the page shows in full. */
export interface ShownImage extends PlacedImage {
  prediction: CheckedPrediction | null;
  byteCount: number;
}

/** All images of a page. */
export interface ReportGallery extends CollectedEntries {
  /** those to show in full, in the order of the page */
  full: PlacedImage[];
}

/** @param named the paths that the call names @throws CnnvizError as `collectEntries` does */
export async function collectGallery(
  { found, trained, images, trueClassOf }: ReportedImages,
  named: readonly string[],
  settings: ReportSettings,
): Promise<ReportGallery> {
  const { onEvent = () => undefined } = settings;
  const collected = await collectEntries(trained, images, { ...settings, classNames: found.classNames, trueClassOf });
  const { entries } = collected;
  const candidates = entries.map(({ image, data }) => ({ image, probability: probabilityOf(data) }));
  const places = chooseFull(candidates, named, settings.full);
  for (const [place, { image, prediction }] of entries.entries()) {
    if (!places.includes(place)) onEvent({ type: 'prediction', image, ...prediction });
  }
  return { ...collected, full: places.map((place) => ({ place, image: entries[place]?.image as string })) };
}

/** Of the class that the folder says; of the predicted one where it says none. */
function probabilityOf({ truth, predicted, probabilities }: CollectedEntry['data']): number {
  const wanted = truth ?? predicted;
  const [, probability = 0] = probabilities.find(([classIndex]) => classIndex === wanted) ?? [];
  return probability;
}

/** @param shown in full, in the order of the page */
export function renderGalleryView(
  { classNames, entries, evidence }: ReportGallery,
  shown: readonly PlacedImage[],
  evaluated: ReportedImages['evaluated'],
): GalleryView {
  for (const [index, { place }] of shown.entries()) (entries[place] as CollectedEntry).data.full = index + 1;
  const content = renderGallery({
    classNames,
    entries,
    ...(evidence && { evidence }),
    ...(evaluated && { evaluated }),
  });
  return { id: 'all', title: written.views.all, content, imageCount: entries.length };
}

/** What came of every image: those in full alone where the page has no other. */
export function listImages(
  { images, badImages }: { images: readonly ShownImage[]; badImages: BadFile[] },
  gallery: ReportGallery | undefined,
): { images: ReportedImage[]; badImages: BadFile[] } {
  const full = images.map(({ place: _, ...about }): ReportedImage => ({ ...about, full: true }));
  if (gallery === undefined) return { images: full, badImages };
  const shown = new Map(images.map(({ place }, index) => [place, full[index] as ReportedImage]));
  const small = ({ image, prediction, thumbnail, data }: CollectedEntry): ReportedImage => {
    const byteCount = Math.ceil(thumbnail.bytes.length / 3) * 4 + JSON.stringify(data).length;
    return { image, prediction, full: false, byteCount };
  };
  const all = gallery.entries.map((entry, place) => shown.get(place) ?? small(entry));
  return { images: all, badImages: [...gallery.badImages, ...badImages] };
}
