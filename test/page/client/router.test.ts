// @vitest-environment happy-dom
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { addressOf, type Place, parseAddress } from '../../../src/page/client/address.js';
import { createRouter } from '../../../src/page/client/router.js';

// Browsers do not tell of steps that a script takes, happy-dom does.
addEventListener('hashchange', (event) => event.stopImmediatePropagation());

beforeEach(() => {
  history.replaceState(null, '', '#');
});

test('an address names a view, what is looked at in it, and what follows a question mark', () => {
  expect(parseAddress('#image-3/conv2d_2/17/4,5')).toEqual({
    view: 'image-3',
    parts: ['conv2d_2', '17', '4,5'],
    query: '',
  });
  expect(parseAddress('#all/wrong?sort=surprise')).toEqual({ view: 'all', parts: ['wrong'], query: 'sort=surprise' });
  expect(parseAddress('')).toEqual({ view: '', parts: [], query: '' });
  // Somebody typed it.
  expect(parseAddress('#image-1/100%/')).toEqual({ view: 'image-1', parts: ['100%'], query: '' });
  expect(addressOf('image-3', 'block/conv ?', 17, '4,5')).toBe('#image-3/block%2Fconv%20%3F/17/4,5');
});

test('any name is read back from its address', () => {
  const names = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 });
  fc.assert(
    fc.property(names, ([view = '', ...parts]) => {
      expect(parseAddress(addressOf(view, ...parts))).toEqual({ view, parts, query: '' });
    }),
  );
});

/** A router of the views image-1 and all, and the places that it has shown. */
function open() {
  const places: [Place, Place | undefined][] = [];
  const views: Record<string, string> = { 'image-1': 'image-1', all: 'all', 'all-title': 'all' };
  const router = createRouter({
    home: 'image-1',
    findView: (name) => views[name],
    nearest: (place) => (place.parts[0] === 'unknown' ? { ...place, parts: [] } : place),
  });
  router.onPlace((place, from) => void places.push([place, from]));
  const shown = () => places.splice(0).map(([{ view, parts }, from]) => [view, ...parts, from?.view]);
  return { router, shown };
}

test('it begins at the address of the page; without one, or with an unknown one, at home', async () => {
  const { router, shown } = open();
  await router.start();
  expect(shown()).toEqual([['image-1', undefined]]);
  history.replaceState(null, '', '#all/wrong');
  await router.start();
  expect(shown()).toEqual([['all', 'wrong', undefined]]);
});

test('it goes to places, each once; no address is home', () => {
  const { router, shown } = open();
  router.go('#image-1/conv2d_1');
  router.go('#image-1/conv2d_1');
  router.go('#all-title');
  router.go('#');
  expect(shown()).toEqual([
    ['image-1', 'conv2d_1', 'image-1'],
    ['all', 'image-1'],
    ['image-1', 'all'],
  ]);
});

test('where an address leads nowhere it goes to the nearest place, says so, and corrects the address', () => {
  const { router, shown } = open();
  router.go('#all/wrong');
  const steps = history.length;
  router.go('#bogus');
  expect([location.hash, router.place().view, router.place().missed]).toEqual(['#image-1', 'image-1', '#bogus']);
  router.go('#image-1/unknown');
  expect([location.hash, router.place().missed]).toEqual(['#image-1', '#image-1/unknown']);
  expect(shown()).toEqual([
    ['all', 'wrong', 'image-1'],
    ['image-1', 'all'],
    ['image-1', 'image-1'],
  ]);
  router.go('#image-1/conv2d_1');
  expect([router.place().missed, history.length]).toEqual([undefined, steps + 3]);
});

test('a step that replaces another leaves none behind', () => {
  const { router } = open();
  router.go('#image-1/conv2d_1/0');
  const before = history.length;
  router.go('#image-1/conv2d_1/1', { replace: true });
  expect([history.length, location.hash]).toEqual([before, '#image-1/conv2d_1/1']);
  router.go('#image-1/conv2d_1');
  expect(history.length).toBe(before + 1);
});

test('a listener that takes time holds up the start', async () => {
  const { router } = open();
  let done = false;
  router.onPlace(async () => {
    await Promise.resolve();
    done = true;
  });
  await router.start();
  expect(done).toBe(true);
});

test('what is shown already gets its address without another showing, and without a step for Back', () => {
  const { router, shown } = open();
  router.go('#image-1/conv2d_1/17/4,5');
  const steps = history.length;
  router.stay('#image-1/conv2d_1/17/5,5');
  expect([location.hash, router.place().parts, history.length]).toEqual([
    '#image-1/conv2d_1/17/5,5',
    ['conv2d_1', '17', '5,5'],
    steps,
  ]);
  router.go('#image-1/conv2d_1/17/4,5');
  expect(shown()).toHaveLength(2);
});

test('a view is shown at once with what is there, and once more when what it waits for has come', async () => {
  const { router, shown } = open();
  let answer = () => {};
  const answered = () => {
    answer();
    return new Promise(setImmediate);
  };
  router.beforePlace((view) => (view === 'all' ? new Promise((resolve) => (answer = resolve)) : undefined));
  router.go('#all/unknown');
  expect([shown(), location.hash, router.place().missed]).toEqual([[['all', 'image-1']], '#all/unknown', undefined]);
  await new Promise(setImmediate);
  // Whoever waits for all of it waits on.
  expect(document.documentElement.dataset.shown).toBeUndefined();
  await answered();
  expect([shown(), location.hash, router.place().missed]).toEqual([[['all', 'all']], '#all', '#all/unknown']);
  expect(document.documentElement.dataset.shown).toBe('#all');
  // What is moved meanwhile within the place is no other place.
  router.go('#all/right');
  router.stay('#all/right/5');
  await answered();
  expect(shown()).toEqual([
    ['all', 'right', 'all'],
    ['all', 'right', '5', 'all'],
  ]);
  // Somebody goes on meanwhile.
  router.go('#image-1');
  router.go('#all/right');
  router.go('#image-1/conv2d_1');
  await answered();
  expect(shown()).toEqual([
    ['image-1', 'all'],
    ['all', 'right', 'image-1'],
    ['image-1', 'conv2d_1', 'all'],
  ]);
});

test('what has been gone to and is not yet there is still come to from the place before', async () => {
  const { router, shown } = open();
  let [answer, paint] = [() => {}, () => {}];
  router.beforePlace(() => new Promise((resolve) => (answer = resolve)));
  router.onPlace(() => new Promise((resolve) => (paint = resolve)));
  router.go('#all');
  answer();
  await new Promise(setImmediate);
  paint();
  expect(shown()).toEqual([
    ['all', 'image-1'],
    ['all', 'image-1'],
  ]);
});

test('a place whose content has changed is shown once more', async () => {
  const { router, shown } = open();
  router.go('#image-1/conv2d_1/17');
  shown();
  await router.again();
  expect(shown()).toEqual([['image-1', 'conv2d_1', '17', 'image-1']]);
  expect(document.documentElement.dataset.shown).toBe('#image-1/conv2d_1/17');
});
