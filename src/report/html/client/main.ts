import type { Normalization } from '../../../rendering/normalize.js';
import type { PageData } from '../page-data.js';
import { ChannelView } from './channel-view.js';
import { findAll, readData } from './dom.js';
import { showEvidence } from './evidence.js';
import { LayerView } from './layer-view.js';
import { parseRamp, type Ramps } from './ramp.js';
import { showScaleChoice } from './scale-choice.js';
import { offerThemes } from './theme.js';

const data = readData<PageData>(document.body, 'page-data');
const ramps: Ramps = {
  viridis: parseRamp(data.ramps.viridis),
  coolwarm: parseRamp(data.ramps.coolwarm),
  nonValue: data.nonValue,
};

offerThemes();
const channelView = new ChannelView(ramps);
for (const section of findAll(document, 'section.evidence:has(.maps)')) showEvidence(section, ramps);

const views: LayerView[] = [];
let scale: Normalization = 'zscore';
for (const section of findAll(document, 'section.layer')) {
  // One after the other: the first are there while the last are still being read.
  const view = await LayerView.open(section, ramps, channelView);
  view.paint(scale);
  views.push(view);
}
showScaleChoice(scale, ramps, (chosen) => {
  scale = chosen;
  for (const view of views) view.paint(scale);
});
document.documentElement.dataset.ready = '';
