// Writes a page part by part: it is never in memory as a whole, and whoever looks finds the old page or the new one.

import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { explainWriteFailure } from '../disk/files.js';
import { stageFile } from '../disk/staged-file.js';
import type { PageAssets } from './assets.js';
import type { PagePart } from './image-part.js';
import { type RenderedView, renderHead, renderTail, renderViews, type View } from './page.js';
import type { ReportSummary } from './summary.js';
import { written } from './texts/en-written.js';

/** A page that is being written. */
export interface PageFile {
  /** Adds an image. @returns the bytes of its part @throws CnnvizError DISK_FULL, NOT_WRITABLE */
  add(part: PagePart): Promise<number>;
  /** Adds what another network makes of an image: not a view of its own. @throws CnnvizError DISK_FULL, NOT_WRITABLE */
  addOther(part: PagePart): Promise<void>;
  /** Writes what stands around the images, and puts the page in its place. @param gallery of all images; comes first @returns its bytes @throws CnnvizError DISK_FULL, NOT_WRITABLE */
  finish(summary: ReportSummary, gallery?: GalleryView): Promise<number>;
  /** Throws away what was not finished. */
  discard(): Promise<void>;
}

/** The view of all images. */
export interface GalleryView extends RenderedView {
  imageCount: number;
}

/** Begins a page. @param tag says who wrote it @throws CnnvizError DISK_FULL, NOT_WRITABLE */
export async function beginPage(target: string, assets: PageAssets, tag = ''): Promise<PageFile> {
  const staged = await stageFile(target);
  const explain = async <Result>(work: Promise<Result>): Promise<Result> =>
    work.catch((error: unknown) => {
      throw explainWriteFailure(error, target);
    });
  // What stands before the images lists them: it is written when they are known.
  const images = await explain(open(staged.scratch, 'w'));
  const added: Omit<PagePart, 'content'>[] = [];
  let page: FileHandle | undefined;
  return {
    async add({ content, ...about }) {
      added.push(about);
      await explain(images.appendFile(content.text));
      return Buffer.byteLength(content.text);
    },
    async addOther({ content }) {
      await explain(images.appendFile(content.text));
    },
    async finish(summary, gallery) {
      const views = await renderViews(summary, added, { hasGallery: gallery !== undefined });
      page = await explain(open(staged.path, 'w'));
      await explain(
        page.appendFile(renderHead(titleOf(added, gallery), listViews(added, views, gallery), assets, { tag })),
      );
      if (gallery !== undefined) await explain(page.appendFile(gallery.content.text));
      for await (const chunk of createReadStream(staged.scratch)) await explain(page.appendFile(chunk));
      await explain(page.appendFile(views.map(({ content }) => content.text).join('') + renderTail(summary, assets)));
      const { size } = await page.stat();
      await explain(page.close());
      await staged.commit();
      return size;
    },
    async discard() {
      for (const file of [images, page]) await file?.close().catch(() => undefined);
      await staged.discard();
    },
  };
}

function titleOf(added: readonly Omit<PagePart, 'content'>[], gallery: GalleryView | undefined): string {
  if (gallery !== undefined) return written.page.images(gallery.imageCount);
  const [first] = added;
  return added.length === 1 ? `${first?.name}: ${first?.prediction}` : written.page.images(added.length);
}

/** The views in the navigation; of the images those that are shown one after the other have one entry. */
function listViews(
  added: readonly Omit<PagePart, 'content'>[],
  views: readonly RenderedView[],
  gallery: GalleryView | undefined,
): View[] {
  const [first] = added;
  const title = added.length === 1 ? written.views.image : written.views.images;
  return [...(gallery ? [gallery] : []), ...(first ? [{ id: first.id, title }] : []), ...views];
}
