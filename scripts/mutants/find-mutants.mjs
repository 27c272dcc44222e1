// The small changes of a source text that a good test notices, found in its syntax tree.
import { parseSync } from 'oxc-parser';

const SWAPS = {
  ...{ '<': '<=', '<=': '<', '>': '>=', '>=': '>', '===': '!==', '!==': '===' },
  ...{ '+': '-', '-': '+', '*': '/', '/': '*', '%': '*', '+=': '-=', '-=': '+=', '*=': '/=', '/=': '*=' },
  ...{ '&&': '||', '||': '&&' },
};
const METHODS = { min: 'max', max: 'min', floor: 'ceil', ceil: 'floor', some: 'every', every: 'some' };

/** What is changed at a node, as [start, end, replacement]. */
const CHANGES = {
  BinaryExpression: swapOperator,
  LogicalExpression: swapOperator,
  AssignmentExpression: swapOperator,
  UnaryExpression: ({ operator, start, argument }) =>
    operator === '!' || operator === '-' ? [[start, argument.start, '']] : [],
  IfStatement: (node, code) =>
    node.alternate === null ? [[node.test.start, node.test.end, 'false']] : negate(node, code),
  ConditionalExpression: negate,
  Literal: ({ value, start, end }) => {
    if (typeof value === 'number') return [[start, end, String(value + 1)]];
    return typeof value === 'boolean' ? [[start, end, String(!value)]] : [];
  },
  MemberExpression: ({ computed, property: { name, start, end } }) =>
    !computed && Object.hasOwn(METHODS, name) ? [[start, end, METHODS[name]]] : [],
  // A call whose value nobody uses: dropped.
  ExpressionStatement: ({ expression, start, end }) => {
    const call = expression.type === 'AwaitExpression' ? expression.argument : expression;
    return call.type === 'CallExpression' && call.callee.type !== 'Super' ? [[start, end, ';']] : [];
  },
};

function swapOperator({ operator, left, right }, code) {
  if (!Object.hasOwn(SWAPS, operator) || (operator === '+' && [left, right].some(isText))) return [];
  const start = code.indexOf(operator, left.end);
  return [[start, start + operator.length, SWAPS[operator]]];
}

function negate({ test: { start, end } }, code) {
  return [[start, end, `!(${code.slice(start, end)})`]];
}

function isText({ type, value, operator, left, right }) {
  return (
    type === 'TemplateLiteral' || typeof value === 'string' || (operator === '+' && (isText(left) || isText(right)))
  );
}

/**
 * All mutants of a TypeScript source, in its order. Types are left alone, and so are texts.
 *
 * @returns {{ start: number, end: number, replacement: string, line: number }[]}
 */
export function findMutants(code) {
  const { program, errors } = parseSync('source.ts', code);
  if (errors.length > 0) throw new Error(errors[0].message);
  return [...visit(program, code)]
    .sort(([a], [b]) => a - b)
    .map(([start, end, replacement]) => ({ start, end, replacement, line: code.slice(0, start).split('\n').length }));
}

const ERASED = ['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression'];

function* visit(node, code) {
  if (node.type === 'ImportDeclaration') return;
  if (ERASED.includes(node.type)) return yield* visit(node.expression, code);
  if (node.type.startsWith('TS')) return;
  yield* CHANGES[node.type]?.(node, code) ?? [];
  for (const [name, child] of Object.entries(node)) {
    if (name === 'key' && !node.computed) continue;
    for (const part of Array.isArray(child) ? child : [child]) {
      if (typeof part?.type === 'string') yield* visit(part, code);
    }
  }
}
