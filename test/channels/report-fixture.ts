import type { ChannelReport, LayerMetrics } from '../../src/channels/report.js';

/** A channel report of no layers. */
export function makeReport(change: Partial<ChannelReport> = {}): ChannelReport {
  return {
    format: 'cnnviz-channels',
    formatVersion: 1,
    versions: { cnnviz: '0.1.0', node: '20.19.0' },
    backend: { name: 'cpu', version: '4.22.0', threads: 1 },
    model: { path: 'runs/other', identity: 'a'.repeat(64) },
    data: { path: '/home/me/photos', split: null, imageCount: 7, badImageCount: 0 },
    classes: [],
    layers: [],
    verdict: [],
    ...change,
  };
}

/** A layer of channels of which each fires on these fractions of the classes' images. */
export function makeLayer(name: string, firing: readonly { firingImageFraction: number; classes: number[] }[]) {
  const unknown = { mean: 0, imageStandardDeviation: null, firingFraction: 0.5, effectSize: null, auc: null };
  const layer: LayerMetrics = {
    ...{ name, kind: 'Conv2D', shape: [1, 4, 4, firing.length], range: null, sparsity: 0.5, silentFraction: 0.5 },
    ...{ deadCount: 0, nearlyDeadCount: 0, saturatedCount: 0, separation: null, duplicates: [] },
    channels: firing.map(({ firingImageFraction, classes }, channel) => ({
      ...{ channel, state: 'active', firingFraction: 0.5, firingImageFraction },
      ...{ mean: 1, standardDeviation: 1, min: 0, max: 2, saturatedFraction: null, nonFiniteImageCount: 0 },
      classes: classes.map((fraction) => ({ ...unknown, firingImageFraction: fraction })),
      ...{ tells: null, aucError: null, strongestImage: null },
    })),
  };
  return layer;
}
