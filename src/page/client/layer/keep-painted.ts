// Paints again what depends on a width and on the colors of the page.

import type { Room } from './grid-layout.js';
import { measureRoom, paper } from './room.js';

/** Paints now, and again when the element gets another width, the page other colors, or is printed; no longer when it is gone. */
export function keepPainted(element: HTMLElement, paint: (room: Room) => void): void {
  let width = element.clientWidth;
  let isPrinting = false;
  paint(measureRoom(element));
  const stop = new AbortController();
  const repaint = () => {
    if (element.isConnected) paint(isPrinting ? paper : measureRoom(element));
    else {
      sizes.disconnect();
      themes.disconnect();
      stop.abort();
    }
  };
  const sizes = new ResizeObserver(() => {
    if (element.isConnected && element.clientWidth === width) return;
    width = element.clientWidth;
    repaint();
  });
  sizes.observe(element);
  const themes = new MutationObserver(repaint);
  themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const { signal } = stop;
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint, { signal });
  for (const event of ['beforeprint', 'afterprint']) {
    const change = () => {
      isPrinting = event === 'beforeprint';
      repaint();
    };
    addEventListener(event, change, { signal });
  }
}
