// The page's script: everything from here on runs in a browser.

import type { PageData } from '../page-data.js';
import { ChannelView } from './channel-view.js';
import { findAll, readData } from './dom.js';
import { showEvidence } from './evidence.js';
import { showLayers } from './layers.js';
import { parseRamp, type Ramps } from './ramp.js';
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
for (const section of findAll(document, 'section.layers')) await showLayers(section, ramps, channelView);
document.documentElement.dataset.ready = '';
