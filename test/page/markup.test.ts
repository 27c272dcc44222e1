import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataAddress, html, jsonElement, Markup } from '../../src/page/markup.js';

const readBack = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

describe('html', () => {
  it('escapes what is put in, between tags and in attributes', () => {
    const hostile = `<script>alert("1 & '2'")</script>`;
    const escaped = '&lt;script&gt;alert(&quot;1 &amp; &#39;2&#39;&quot;)&lt;/script&gt;';
    expect(html`<p title="${hostile}">${hostile}</p>`.text).toBe(`<p title="${escaped}">${escaped}</p>`);
  });

  it('leaves markup as it is, puts lists together, and leaves out what is undefined', () => {
    expect(html`<ul>${[html`<li>${1}</li>`, [new Markup('<li>'), '&']]}${undefined}</ul>`.text).toBe(
      '<ul><li>1</li><li>&amp;</ul>',
    );
  });

  it('keeps any text what it is, and without a character that could end it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        const escaped = html`${text}`.text;
        return !/[<>"']/.test(escaped) && readBack(escaped) === text;
      }),
    );
  });
});

describe('jsonElement', () => {
  it('holds any text in a way that neither ends the element nor begins a comment in it', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'grapheme-ascii' }), fc.constantFrom('</script>', '<!--<script>', ']]>')),
        (name) => {
          const { text } = jsonElement('data', { name });
          const [, json = ''] = /^<script type="application\/json" class="data">([^<]*)<\/script>$/.exec(text) ?? [];
          return JSON.parse(json).name === name;
        },
      ),
    );
  });
});

describe('dataAddress', () => {
  it('holds bytes in base 64', () => {
    expect(dataAddress('image/png', new Uint8Array([9, 1, 2, 255]).subarray(1))).toBe('data:image/png;base64,AQL/');
  });
});
