import { formatAmount, formatCount } from '../../base/counts.js';
import { formatPath, formatTable } from '../../cli/format.js';
import type { Terminal } from '../../cli/terminal.js';
import { describeGroup, describeMistakes } from './mistake-group-words.js';
import type { EvaluateResult, LabeledImage } from './result.js';
import { describeSuspects } from './suspects.js';

/** A matrix of more classes says less than its largest numbers. */
const matrixAtMost = 12;
const confusionsAtMost = 10;

/** Prints an evaluation: metrics, the classes, the confusions, the worst mistakes. */
export function showEvaluation(result: EvaluateResult, terminal: Terminal): void {
  const { split, imageCount, loss, accuracy, accuracyInterval, calibration } = result;
  const metrics = `loss ${loss.toFixed(4)}, accuracy ${accuracy.toFixed(4)}`;
  const { low, high } = accuracyInterval;
  const interval = `95 % confidence: ${low.toFixed(4)} to ${high.toFixed(4)}`;
  terminal.print(`${split === null ? '' : `${split}: `}${formatAmount(imageCount, 'image')}, ${metrics} (${interval})`);
  const table = (rows: string[][], textColumns: number) => {
    for (const line of formatTable(rows, textColumns)) terminal.print(line);
  };
  terminal.print();
  table(listClasses(result), 1);
  const { expectedError, bins } = calibration;
  terminal.print(`expected calibration error ${expectedError.toFixed(4)} (${bins.length} bins)`);
  terminal.print();
  if (result.classNames.length <= matrixAtMost) {
    terminal.print('Predicted (columns) for each true class (rows):');
    table(listMatrix(result), 1);
  } else {
    terminal.print('Most frequent mistakes:');
    table(listConfusions(result), 2);
  }
  showMistakes(result, terminal);
  showSuspects(result, terminal);
  showGroups(result, terminal);
  if (result.out === undefined) return;
  terminal.print();
  terminal.print(`Pictures: ${formatPath(result.out)}`);
}

function listClasses({ classes, macro, rocAuc }: EvaluateResult): string[][] {
  const header = ['class', 'images', 'precision', 'recall', 'F1', 'ROC-AUC'];
  const rows = classes.map(({ className, support, precision, recall, f1, rocAuc: area }) => [
    className,
    formatCount(support),
    ...[precision, recall, f1, area].map(formatFraction),
  ]);
  return [header, ...rows, ['mean', '', ...[macro.precision, macro.recall, macro.f1, rocAuc].map(formatFraction)]];
}

function listMatrix({ classNames, confusionMatrix }: EvaluateResult): string[][] {
  const rows = confusionMatrix.map((row, index) => [classNames[index] as string, ...row.map(formatCount)]);
  return [['', ...classNames], ...rows];
}

function listConfusions({ classNames, confusionMatrix }: EvaluateResult): string[][] {
  const confusions = confusionMatrix.flatMap((row, trueClass) =>
    row.map((count, predictedClass) => ({ trueClass, predictedClass, count })),
  );
  const wrong = confusions.filter(({ trueClass, predictedClass, count }) => trueClass !== predictedClass && count > 0);
  wrong.sort((a, b) => b.count - a.count);
  const nameOf = (index: number) => classNames[index] as string;
  return [
    ['true', 'predicted', 'images'],
    ...wrong
      .slice(0, confusionsAtMost)
      .map(({ trueClass, predictedClass, count }) => [nameOf(trueClass), nameOf(predictedClass), formatCount(count)]),
  ];
}

function showMistakes({ mistakes, mistakeCount }: EvaluateResult, terminal: Terminal): void {
  if (mistakes.length === 0) return;
  terminal.print();
  terminal.print(`${formatCount(mistakes.length)} worst of ${formatAmount(mistakeCount, 'mistake')}:`);
  for (const line of formatTable([['predicted', '', 'true', '', 'image'], ...mistakes.map(listImage)])) {
    terminal.print(line);
  }
}

function showSuspects(result: EvaluateResult, terminal: Terminal): void {
  if (result.suspects === undefined) return;
  const [heading, agreement] = describeSuspects(result);
  terminal.print();
  terminal.print(`${heading}:`);
  for (const line of formatTable([['predicted', '', 'label', '', 'image'], ...result.suspects.map(listImage)])) {
    terminal.print(line);
  }
  terminal.print(`Here ${agreement}: what it disagrees with is its own mistakes or wrong labels.`);
}

function showGroups({ mistakeGroups }: EvaluateResult, terminal: Terminal): void {
  if (mistakeGroups === undefined) return;
  terminal.print();
  if (mistakeGroups.length === 0) terminal.print('No mistakes to explain.');
  for (const mistakes of mistakeGroups) {
    terminal.print(describeMistakes(mistakes));
    for (const group of mistakes.groups) {
      const example = group.images[0];
      terminal.print(`  ${describeGroup(group)}${example === undefined ? '' : `, such as ${formatPath(example)}`}`);
    }
  }
}

function listImage({ path, trueClass, predictedClass, probability, trueProbability }: LabeledImage): string[] {
  return [predictedClass, probability.toFixed(4), trueClass, trueProbability.toFixed(4), formatPath(path)];
}

/** A dash where the question has no answer. */
function formatFraction(value: number | null): string {
  return value === null ? '-' : value.toFixed(4);
}
