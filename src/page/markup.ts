// HTML templates that escape what they are given.

/** Text that is HTML already. Everything else is text, and becomes HTML by being escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text and numbers are escaped, lists are put together, undefined is left out. */
export type Content = string | number | undefined | Markup | readonly Content[];

/**
 * A template of HTML: html`<p title="${title}">${name}</p>`. What is put in is text, whatever it looks like, both between
 * tags and in attributes in quotation marks.
 */
export function html(strings: TemplateStringsArray, ...values: Content[]): Markup {
  return new Markup(String.raw({ raw: strings }, ...values.map(toHtml)));
}

function toHtml(content: Content): string {
  if (content === undefined) return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'object') return content.map(toHtml).join('');
  return escapeText(String(content));
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}

/** Data for the page's script. A "<" in a text would end the element, or begin a comment in it. */
export function jsonElement(className: string, data: object): Markup {
  const json = new Markup(JSON.stringify(data).replaceAll('<', '\\u003c'));
  return html`<script type="application/json" class="${className}">${json}</script>`;
}

/** Bytes as an address that holds them. */
export function dataAddress(type: string, bytes: Uint8Array): string {
  return `data:${type};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')}`;
}
