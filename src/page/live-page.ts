// The page of a run that a server follows: the training epoch by epoch, and nothing else yet.

import type { PageAssets } from './assets.js';
import { describePolicy, renderHead, renderTail } from './page.js';
import { texts } from './texts/en.js';
import type { RunState } from './time/time-data.js';
import { renderTime } from './time-part.js';

/** @param name of the run's folder @returns policy: what the page may load and run, for its server's headers */
export function renderLivePage(run: RunState, name: string, assets: PageAssets): { page: string; policy: string } {
  const policy = describePolicy(assets, "connect-src 'self'");
  const views = [{ id: 'time', title: texts.views.time }];
  const summary = {
    model: { name, parameterCount: 0 },
    classNames: run.classNames,
    preprocessing: { height: 0, width: 0, fit: 'stretch' as const, order: 'rgb' as const },
    ...{ network: [], computations: [], pictures: { patches: [], dreams: [] }, training: null, versions: [] },
  };
  const time = renderTime({ run, frames: [], leftOut: 0 }, true);
  const page = [renderHead(name, views, assets, { policy }), time.text, renderTail(summary, assets)];
  return { page: page.join(''), policy: `${policy}; frame-ancestors 'none'` };
}
