import { expect, test } from 'vitest';
import { readClassNames } from '../../../src/formats/origin/class-names.js';
import { refuse } from '../config/networks.js';

const read = (text: string) => readClassNames(Buffer.from(text), refuse);

test.each<[string, string, string[]]>([
  ['a name a line', 'cats\ndogs\n', ['cats', 'dogs']],
  ['with numbers, as Teachable Machine writes them', '0 Class 1\r\n1 My dogs\r\n', ['Class 1', 'My dogs']],
  ['numbers that are names', '10\n20\n', ['10', '20']],
  ['numbers in another order', '1 a\n0 b', ['1 a', '0 b']],
  ['empty lines and a mark of the byte order', '\uFEFFcats\n\n dogs ', ['cats', 'dogs']],
  ['a JSON list', '["cats", "dogs"]', ['cats', 'dogs']],
  ["Keras's class_indices", '{"dogs": 1, "cats": 0}', ['cats', 'dogs']],
  ['number to name', '{"1": "dogs", "0": "cats", "2": "owls"}', ['cats', 'dogs', 'owls']],
  [
    'imagenet_class_index.json',
    '{"0": ["n01", "tench"], "1": ["n02", "crane"], "2": ["n03", "crane"]}',
    ['tench', 'crane (n02)', 'crane (n03)'],
  ],
  ["Teachable Machine's metadata.json", '{"labels": ["a", "b"], "imageSize": 224}', ['a', 'b']],
  ['a name like a property of all objects', '{"constructor": 0, "__proto__": 1}', ['constructor', '__proto__']],
])('%s', (_, text, names) => {
  expect(read(text)).toEqual(names);
});

test.each<[string, string, RegExp]>([
  ['is empty', '\n', /has no names/],
  ['has a name twice', 'a\nb\na', /two of its classes are called "a"/],
  ['has a gap', '{"a": 0, "b": 2}', /numbered from 0 without a gap/],
  ['has a number twice', '{"a": 0, "b": 0}', /without a gap/],
  ['has other things', '[["a"], 3]', /expected the name of a class/],
  ['has an empty name', '["a", " "]', /expected the name of a class/],
  ['is cut short', '{"a": 0', /not valid JSON/],
  ['is endless', `[${'"a",'.repeat(100_001)}"b"]`, /more than 100000 classes/],
])('a list that %s is refused', (_, text, message) => {
  expect(() => read(text)).toThrow(message);
});
