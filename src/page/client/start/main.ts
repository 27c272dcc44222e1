// The page's script: everything from here on runs in a browser.

import { openChannels } from '../channel/open-channels.js';
import { openCompare } from '../compare/open-compare.js';
import { openGallery } from '../gallery/open-gallery.js';
import { openImages } from '../image/open-images.js';
import { openLayers } from '../layer/open-layers.js';
import { openNetwork } from '../network/open-network.js';
import { openPage } from '../page.js';
import { openPaper } from '../paper.js';
import { openScores } from '../score/open-scores.js';
import { offerThemes } from '../theme.js';
import { openTime } from '../time/open-time.js';
import { openTitles, openViews } from '../views.js';

const page = openPage();

offerThemes();
openPaper();
// Listeners hear of a place in this order.
openViews(page);
openGallery(page);
openImages(page);
openNetwork(page);
openLayers(page);
openChannels(page);
openTime(page);
openScores(page);
openCompare(page);
openTitles(page);
await page.router.start();
document.documentElement.dataset.ready = '';
