import { expect, it } from 'vitest';
import { badArgument, CnnvizError } from '../../src/base/errors.js';
import { spellOptions } from '../../src/cli/spelling.js';
import { count, folder, text, texts, toggle } from '../../src/options/kinds.js';

const table = {
  images: texts({ argument: 'many', help: 'images', expected: 'images' }),
  source: folder({ argument: 'one', placeholder: 'src', help: 'folder' }),
  top: count({ help: 'how many' }),
  by: text({ help: 'by what', expected: 'a measure' }),
  scale: text({ help: 'a scale', expected: 'a scale' }),
  plateauRange: count({ help: 'a range' }),
  classes: texts({ flag: 'class', help: 'a class', expected: 'classes' }),
  check: toggle({ negated: { only: true, help: 'do not' }, help: 'check' }),
};

it.each<[CnnvizError, string]>([
  [badArgument('images', 'at least one', 'none'), 'images: expected at least one, received "none"'],
  [badArgument('source', 'a folder', 3), 'src: expected a folder, received 3'],
  [
    new CnnvizError('BAD_ARGUMENT', 'plateauRange 1 and scale layer differ', { options: ['plateauRange', 'scale'] }),
    '--plateau-range 1 and --scale layer differ',
  ],
  [
    badArgument('top', 'a count together with "by"', undefined, undefined, ['by']),
    '--top: expected a count together with --by, received nothing',
  ],
  [badArgument('scale', 'a scale', 'scale'), '--scale: expected a scale, received "scale"'],
  [badArgument('class', 'a class', ''), '--class: expected a class, received ""'],
  [badArgument('classes', 'classes', 3), '--class: expected classes, received 3'],
  [badArgument('check', 'true or false', 3), '--no-check: expected true or false, received 3'],
  [badArgument('run.json: options', 'options', 'x'), 'run.json: options: expected options, received "x"'],
  [new CnnvizError('NOT_FOUND', 'scale: no such folder'), 'scale: no such folder'],
])('calls every option that a message names what the command line does, and nothing else: %s', (error, message) => {
  const spelled = spellOptions(error, table);
  expect(spelled).toMatchObject({ message, code: error.code, hint: error.hint });
});
