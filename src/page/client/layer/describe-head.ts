// What stands above a layer's channels or units.

import { formatShape } from '../../format.js';
import type { NetworkLayerData } from '../../page-data.js';
import { texts } from '../../texts/en.js';
import { create } from '../dom.js';

/** The name of a layer, its kind and size, and its caption; what else belongs to it follows. */
export function describeHead(layer: NetworkLayerData, caption: string, ...more: readonly HTMLElement[]): HTMLElement {
  const { name, kind, shape, parameterCount } = layer;
  const size = `${kind} ${formatShape(shape)}`;
  const facts = [size, ...(parameterCount > 0 ? [texts.layer.parameters(parameterCount)] : [])];
  return create(
    'div',
    { className: 'about' },
    create('h2', { id: 'layer-title', tabIndex: -1 }, name),
    create('p', { className: 'kind' }, facts.join(' · ')),
    create('p', { className: 'caption' }, caption),
    ...more,
  );
}

/** The head of a layer whose values the page does not have. @param why, and how to get them */
export function describeMissing(layer: NetworkLayerData, why: string): HTMLElement {
  const notice = create('p', { className: 'notice' }, why);
  return create('section', { className: 'layer-view' }, describeHead(layer, '', notice));
}
