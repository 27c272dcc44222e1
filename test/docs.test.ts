import { expect, test } from 'vitest';

const { describeSource, listSources } = (await import(new URL('../scripts/source-map.mjs', import.meta.url).href)) as {
  listSources(): string[];
  describeSource(path: string, text?: string): string | undefined;
};

test('every source file says what it is for, so that the map has a line for it', () => {
  const silent = listSources().filter((path) => !describeSource(path));

  expect(silent).toEqual([]);
});

test('a file is described by its opening comment, then by what it is named after, then by its first doc comment', () => {
  const documented =
    '/** The first. Not this. */\nconst a = 1;\n\n/** Loads a run: all of it. */\nexport function loadRun() {}\n';

  expect(describeSource('src/load-run.ts', `// Runs on disk.\n\nimport './a.js';\n${documented}`)).toBe('Runs on disk');
  expect(describeSource('src/load-run.ts', documented)).toBe('Loads a run: all of it');
  expect(describeSource('src/other.ts', documented)).toBe('The first');
  expect(describeSource('src/other.ts', 'export const a = 1;\n')).toBeUndefined();
});
