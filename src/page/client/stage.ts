// Where an image shows what is looked at in it: a layer, a channel.

import { find } from './dom.js';
import type { PageImage } from './page-image.js';

/**
 * Shows an element in place of the one before. What had the focus in that one has it again in an element that is built alike: the
 * same place after another epoch.
 *
 * @param paint when the element is on the page
 */
export function putOnStage({ section }: PageImage, element: HTMLElement, paint: () => void = () => undefined): void {
  const stage = find(section, '.stage');
  const path = pathTo(document.activeElement, stage);
  stage.replaceChildren(element);
  paint();
  if (path !== undefined) follow(path, stage)?.focus({ preventScroll: true });
}

/** Which child of which child an element is; undefined for one that does not lie in the other. */
function pathTo(element: Element | null, ancestor: Element): number[] | undefined {
  const path = [];
  for (let at = element; at !== ancestor; at = at.parentElement) {
    if (at?.parentElement == null) return undefined;
    path.unshift([...at.parentElement.children].indexOf(at));
  }
  return path;
}

function follow(path: readonly number[], ancestor: Element): HTMLElement | undefined {
  return path.reduce<Element | undefined>((at, index) => at?.children[index], ancestor) as HTMLElement | undefined;
}
