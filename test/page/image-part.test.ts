import { expect, it } from 'vitest';
import { renderImagePart } from '../../src/page/image-part.js';
import type { ImageSummary } from '../../src/page/summary.js';

/** What a page says of an image of cats. @param cats its probability */
function describe(cats: number): { prediction: string; sentence: string | undefined } {
  const image: ImageSummary = {
    ...{ name: 'cat.jpg', width: 4, height: 4, photograph: new Uint8Array(), trueClass: 'cats', layers: [] },
    classes: [
      { className: 'cats', probability: cats },
      { className: 'dogs', probability: 1 - cats },
    ],
    evidence: { problem: 'none here' },
  };
  const { prediction, content } = renderImagePart(image, 1, { network: [], exact: false });
  return { prediction, sentence: /class="correctness">([^<]*)/.exec(content.text)?.[1] };
}

it('says right of a class that is ahead alone', () => {
  expect(describe(0.75)).toEqual({ prediction: 'cats, 75.0 %, right', sentence: 'Correct: the folder says cats.' });
  expect(describe(0.5)).toEqual({
    prediction: 'cats, 50.0 %, undecided: the folder says cats',
    sentence: 'Undecided: no class is more probable than all others. The folder says cats.',
  });
});
