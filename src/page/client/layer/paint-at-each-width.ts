// Paints what has to fill a width again when that changes.

/** Paints now, and again when the element gets another width; no longer when it is gone. */
export function paintAtEachWidth(element: HTMLElement, paint: () => void): void {
  let painted = element.clientWidth;
  paint();
  const observer = new ResizeObserver(() => {
    if (!element.isConnected) observer.disconnect();
    else if (element.clientWidth !== painted) {
      painted = element.clientWidth;
      paint();
    }
  });
  observer.observe(element);
}
