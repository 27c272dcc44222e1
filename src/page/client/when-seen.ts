// Puts work off until somebody sees what it is for.

type Act = () => void | Promise<void>;

const waiting = new WeakMap<Element, Act>();

const observer =
  typeof IntersectionObserver === 'undefined'
    ? undefined
    : new IntersectionObserver(
        (entries) => {
          for (const { isIntersecting, target } of entries) if (isIntersecting) void begin(target);
        },
        // a little ahead of the reader
        { rootMargin: '200px' },
      );

/** Does something once, when an element comes into view; at once where nobody can say when that is. */
export function whenSeen(element: Element, act: Act): void {
  if (observer === undefined) void act();
  else {
    waiting.set(element, act);
    observer.observe(element);
  }
}

/** Does now what is put off for all elements below one, as far as they are there to be seen. */
export async function seeAll(root: Element): Promise<void> {
  const isShown = (element: Element) => element.getClientRects().length > 0;
  const elements = [...root.querySelectorAll('*')].filter((element) => waiting.has(element) && isShown(element));
  await Promise.all(elements.map(begin));
}

async function begin(element: Element): Promise<void> {
  const act = waiting.get(element);
  observer?.unobserve(element);
  waiting.delete(element);
  await act?.();
}
