import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'oxc-parser';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Words that cnnviz does not use, and what it says instead. */
const RETIRED: [RegExp, string][] = [
  [/\b(tell|tells|told|telling)\b/i, 'report, print, describe, warn; distinguish; discriminative'],
  [/\b(settle|settles|settled|settling)\b/i, 'resolve'],
  [/\b(judge|judges|judged|judging)\b/i, 'evaluate, assess'],
  [/\bfigures?\b/i, 'metrics, numbers'],
  [/\b(answer|answers|answered) (more |most )?to\b/i, 'respond to'],
  [/\bdrawn set\b/i, 'synthetic dataset'],
  [/\bdoubles?\b(?! precision)/i, 'duplicate'],
  [/\b(come|comes|came) to\b/i, 'reach, total'],
  [/\banew\b/i, 'again'],
  [/\bphotographs?\b/i, 'image'],
  [/\b(?<!there )(is|are|was|were) none\b/i, 'is not one'],
  [/\bastray\b/i, 'diverged'],
  [/\bflatters?\b/i, 'too good'],
  [/\b(by heart|runs? away)\b/i, 'memorize; diverge'],
];

/** What is wrong with a text, a line each. */
function listRetired(text: string): string[] {
  return RETIRED.flatMap(([words, instead]) => {
    const found = text.match(words);
    return found ? [`"${found[0]}" (say: ${instead}) in: ${text.trim()}`] : [];
  });
}

/** The pages that people read. */
function listPages(): string[] {
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  return [
    ...['README', 'CHANGELOG', 'CONTRIBUTING', 'SECURITY', 'bench/README', 'data/README', 'examples/README'],
    ...['.github/pull_request_template'],
    ...inDocs
      .filter((name) => name.endsWith('.md') && !name.startsWith('api'))
      .map((name) => `docs/${name.slice(0, -3)}`),
  ].map((name) => `${name}.md`);
}

/** A page without code, addresses and pictures' files. */
function readProse(page: string): string {
  return read(page)
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/`[^`]*`/g, '')
    .replace(/\]\([^)]*\)/g, ']');
}

/** The texts of a source file: strings and templates with a space in them, and comments without the code they quote; no names of HTML. */
function listTexts(path: string): string[] {
  const source = read(path);
  const { program, comments } = parseSync(path, source);
  const texts = comments.map(({ value }) => value.replace(/`[^`]*`/g, ''));
  new Visitor({
    Literal({ value }) {
      if (typeof value === 'string' && value.includes(' ')) texts.push(value);
    },
    TemplateLiteral({ quasis }) {
      const text = quasis.map(({ value }) => value.cooked ?? '').join('...');
      if (text.includes(' ')) texts.push(text);
    },
  }).visit(program);
  return texts.map((text) => text.replace(/<\/?[a-z]+|class="[^"]*"/g, '').replace(/[\s*]+/g, ' '));
}

test('the list finds retired words and spares those that only contain them', () => {
  expect(listRetired('It tells cats from dogs.')).toHaveLength(1);
  expect(listRetired('Judged by the figures, this is none.')).toHaveLength(3);
  expect(listRetired('double precision, intelligent, configures, unsettling, photographed, there is none')).toEqual([]);
});

test('the docs use none of the retired words', () => {
  const found = listPages().flatMap((page) => {
    const paragraphs = readProse(page).split(/\n\n+|\n(?=- |\|)/);
    return paragraphs.flatMap((text) => listRetired(text.replace(/\s+/g, ' ')).map((problem) => `${page}: ${problem}`));
  });
  expect(found).toEqual([]);
});

test('the texts and comments of the program use none of the retired words', () => {
  const files = ['src', 'bench', 'scripts'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
  );
  const texts = files
    .filter((path) => /\.m?[jt]s$/.test(path))
    .flatMap((path) => listTexts(path).map((text) => ({ path, text })));
  expect(texts.length).toBeGreaterThan(2_000);
  const found = texts.flatMap(({ path, text }) => listRetired(text).map((problem) => `${path}: ${problem}`));
  expect(found).toEqual([]);
});

test('no paragraph of the README has more than four lines', () => {
  const blocks = read('README.md')
    .replace(/^```[\s\S]*?^```/gm, '')
    .split(/\n\n+|\n(?=- )/)
    .filter((block) => !block.startsWith('|'));
  expect(blocks.length).toBeGreaterThan(10);
  expect(blocks.filter((block) => block.trim().split('\n').length > 4)).toEqual([]);
});
