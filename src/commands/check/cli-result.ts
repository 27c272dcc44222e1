import { join } from 'node:path';
import { formatAmount, formatCount } from '../../base/counts.js';
import { formatPath, formatTable } from '../../cli/format.js';
import type { Terminal } from '../../cli/terminal.js';
import type { Finding } from '../shared/describe-findings.js';
import type { CheckResult, ImageShapes } from './result.js';

/** How many classes the table has. */
const SHOWN = 40;

/** Says what is in a data folder, what is the matter with it, and what to do. */
export function showCheckResult(result: CheckResult, terminal: Terminal): void {
  const { root, imageCount, readableCount, shapes, findings, warningCount, out, files = [] } = result;
  terminal.print(`${formatPath(root)}: ${formatAmount(imageCount, 'image')}, ${formatCount(readableCount)} readable`);
  showClasses(result, terminal);
  if (shapes !== null) showShapes(shapes, terminal);
  for (const finding of findings) showFinding(finding, terminal);
  for (const file of files) terminal.print(`  ${join(formatPath(out ?? ''), file)}`);
  const data = formatPath(root);
  const next = `cnnviz train --data ${/[{*?[]/.test(data) ? `'${data}'` : data}`;
  const verdict = warningCount === 0 ? 'No warnings.' : `${formatAmount(warningCount, 'warning')}: see above.`;
  terminal.print(`${verdict} Next: ${next}`);
}

function showClasses({ classNames, splits }: CheckResult, terminal: Terminal): void {
  const rows = classNames.slice(0, SHOWN).map((className, index) => {
    const counts = splits.map(({ classes }) => formatCount(classes[index]?.imageCount ?? 0));
    return [`  ${className}`, ...counts];
  });
  const head = ['  class', ...splits.map(({ split }) => split)];
  for (const line of formatTable([head, ...rows])) terminal.print(line);
  if (classNames.length > SHOWN)
    terminal.print(`  and ${formatAmount(classNames.length - SHOWN, 'class', 'classes')} more`);
}

function showShapes({ formats, width, height, aspect, mostFrequent }: ImageShapes, terminal: Terminal): void {
  terminal.print(`  formats: ${formats.map(({ format, count }) => `${format} ${formatCount(count)}`).join(', ')}`);
  const size = (key: 'min' | 'median' | 'max') => `${width[key]} x ${height[key]}`;
  const common = `${mostFrequent.width} x ${mostFrequent.height} (${formatAmount(mostFrequent.count, 'image')})`;
  terminal.print(`  sizes: from ${size('min')} to ${size('max')}, median ${size('median')}, most common ${common}`);
  const ratios = [aspect.min, aspect.median, aspect.max].map((ratio) => ratio.toFixed(2));
  terminal.print(`  width / height: from ${ratios[0]} to ${ratios[2]}, median ${ratios[1]}`);
}

function showFinding({ level, message, remedy, examples, count }: Finding, terminal: Terminal): void {
  const label =
    level === 'warning' ? ({ text: 'warning:', color: 'yellow' } as const) : ({ text: 'note:', color: 'dim' } as const);
  terminal.print(`${message}.${remedy === '' ? '' : ` ${remedy}`}`, label);
  for (const example of examples) terminal.print(`    ${example}`);
  if (examples.length > 1 && count > examples.length)
    terminal.print(`    and ${formatCount(count - examples.length)} more`);
}
