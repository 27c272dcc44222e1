import { readPageAssets } from '../../../src/page/assets.js';
import { renderGallery } from '../../../src/page/gallery/gallery.js';
import { renderImagePart } from '../../../src/page/image-part.js';
import { beginPage } from '../../../src/page/write-page.js';
import { describeHostileImage, describeNetwork, hostile } from '../hostile-report.js';
import { makeGallery } from './gallery-fixture.js';

/** A page of so many images, two of them in full. */
export async function writeGalleryPage(path: string, imageCount: number): Promise<void> {
  const summary = describeNetwork(hostile);
  const image = await describeHostileImage(hostile);
  const page = await beginPage(path, readPageAssets());
  try {
    for (const number of [1, 2]) {
      await page.add(renderImagePart(image, number, { network: summary.network, exact: false }));
    }
    const content = renderGallery(makeGallery(imageCount));
    await page.finish(summary, { id: 'all', title: 'All images', content, imageCount });
  } finally {
    await page.discard();
  }
}
