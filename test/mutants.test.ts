import { expect, test } from 'vitest';

const { findMutants } = (await import(new URL('../scripts/mutants/find-mutants.mjs', import.meta.url).href)) as {
  findMutants(code: string): { start: number; end: number; replacement: string; line: number }[];
};

/** The source as each of its mutants has it. */
const mutate = (code: string) =>
  findMutants(code).map(({ start, end, replacement }) => code.slice(0, start) + replacement + code.slice(end));

test.each([
  ['a <= b', ['a < b']],
  ['x = a && b !== c', ['x = a || b !== c', 'x = a && b === c']],
  ['x += (a) * b', ['x -= (a) * b', 'x += (a) / b']],
  ['x = !a', ['x = a']],
  ['x = a ? b : c', ['x = !(a) ? b : c']],
  ['if (a) return;', ['if (false) return;']],
  ['if (a) b = c; else b = d', ['if (!(a)) b = c; else b = d']],
  ['x = [0.5, true]', ['x = [1.5, true]', 'x = [0.5, false]']],
  ['x = Math.min(a.floor, b)', ['x = Math.max(a.floor, b)', 'x = Math.min(a.ceil, b)']],
  ['await close(a)', [';']],
])('%s has the mutants %j', (code, mutants) => {
  expect(mutate(`async function f() { ${code} }`)).toEqual(mutants.map((mutant) => `async function f() { ${mutant} }`));
});

test('types and texts are left alone, and a mutant knows its line', () => {
  expect(findMutants('let a: 1 | 2 = b as 3;\nconst c = "x" + d + `y` + e;')).toEqual([]);
  expect(findMutants('import a from "a";\n\n(b as 1) < (c as 2)')).toMatchObject([{ replacement: '<=', line: 3 }]);
});
