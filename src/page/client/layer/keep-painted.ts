// Paints again what depends on a width and on the colors of the page.

/** Paints now, and again when the element gets another width or the page other colors; no longer when it is gone. */
export function keepPainted(element: HTMLElement, paint: () => void): void {
  let width = element.clientWidth;
  paint();
  const stop = new AbortController();
  const repaint = () => {
    if (element.isConnected) paint();
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
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint, { signal: stop.signal });
}
