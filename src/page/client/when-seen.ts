// Puts work off until somebody sees what it is for.

const waiting = new WeakMap<Element, () => void>();

const observer =
  typeof IntersectionObserver === 'undefined'
    ? undefined
    : new IntersectionObserver(
        (entries) => {
          for (const { isIntersecting, target } of entries) if (isIntersecting) begin(target);
        },
        // a little ahead of the reader
        { rootMargin: '200px' },
      );

/** Does something once, when an element comes into view; at once where nobody can say when that is. */
export function whenSeen(element: Element, act: () => void): void {
  if (observer === undefined) act();
  else {
    waiting.set(element, act);
    observer.observe(element);
  }
}

function begin(element: Element): void {
  observer?.unobserve(element);
  waiting.get(element)?.();
  waiting.delete(element);
}
