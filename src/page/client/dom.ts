// Small helpers for the document.

/** An element of this page's own making; that it is missing would be a bug. */
export function find<Kind extends Element = HTMLElement>(parent: ParentNode, selector: string): Kind {
  const element = parent.querySelector<Kind>(selector);
  if (element === null) throw new Error(`no ${selector} on this page`);
  return element;
}

export function findAll(parent: ParentNode, selector: string): HTMLElement[] {
  return [...parent.querySelectorAll<HTMLElement>(selector)];
}

/** The data that the page holds for its script. */
export function readData<Data>(parent: ParentNode, className: string): Data {
  return JSON.parse(find(parent, `script.${className}`).textContent) as Data;
}

/** A new element; strings are put in as text, whatever they look like. */
export function create<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}
