import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { html } from '../../src/page/markup.js';
import { hostile, renderHostilePage } from './hostile-report.js';

let page: string;

beforeAll(async () => {
  page = await renderHostilePage(2);
});

describe("a report's page", () => {
  it('may load nothing, and run its own script and style alone', () => {
    const hash = (text: string | undefined) =>
      createHash('sha256')
        .update(text ?? '')
        .digest('base64');
    const [, style] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
    const [, script] = /<script type="module">([\s\S]*?)<\/script>/.exec(page) ?? [];
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    expect(policy?.replaceAll('&#39;', "'").split('; ')).toEqual([
      "default-src 'none'",
      'img-src data:',
      `style-src 'sha256-${hash(style)}'`,
      `script-src 'sha256-${hash(script)}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('refers to nothing outside, and has neither handlers nor styles in its elements', () => {
    const elements = [
      ...page.replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>/g, '').matchAll(/<[a-z][^>]*>/g),
    ];
    const addresses = elements.flatMap(([element]) => [...element.matchAll(/ (?:src|href)="([^"]*)"/g)]);
    expect(addresses.length).toBeGreaterThan(8);
    expect(
      addresses.map(([, address]) => address).filter((address) => !/^(data:image\/|#)/.test(address ?? '')),
    ).toEqual([]);
    expect(elements.filter(([element]) => / (?:on\w+|style)=/.test(element.replace(/"[^"]*"/g, '""')))).toEqual([]);
  });

  it('holds every name as text and no other way', () => {
    for (const name of Object.values(hostile)) {
      expect(page).toContain(html`${name}`.text);
      expect(page).not.toContain(name);
    }
  });

  it('lists several images and leads to each', () => {
    const targets = [...page.matchAll(/<li><a href="#([^"]+)">/g)].map(([, id]) => id);
    expect(targets).toEqual(['image-1', 'image-2']);
    for (const id of targets) expect(page).toContain(`<section class="view image" id="${id}"`);
  });

  it('has no two elements of the same id, and none is referred to that is not there', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    const named = [...page.matchAll(/ aria-(?:labelledby|controls)="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.length).toBe(new Set(ids).size);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('is the same for the same report', async () => {
    expect(await renderHostilePage(2)).toBe(page);
  });
});
