import { describe, expect, it } from 'vitest';
import { CnnvizError } from '../../../src/base/errors.js';
import type { EventListener } from '../../../src/commands/shared/events.js';
import { visitTargets } from '../../../src/commands/shared/visit-targets.js';

const targets = ['a', 'b', 'c', 'd'].map((image) => ({ image }));

/** Visits that end when they are asked to. */
function makeVisits() {
  const begun = new Map<string, { end: (result: string) => void; fail: (error: unknown) => void }>();
  const visit = ({ image }: { image: string }, onEvent: EventListener) => {
    onEvent({ type: 'note', message: image });
    return new Promise<string>((end, fail) => begun.set(image, { end, fail }));
  };
  const until = async (image: string) => {
    while (!begun.has(image)) await new Promise((resolve) => setImmediate(resolve));
    return begun.get(image) as NonNullable<ReturnType<typeof begun.get>>;
  };
  return { begun, visit, until };
}

describe('visitTargets', () => {
  it('reports in the order of the images, whichever ends first, and never visits more at once than it may', async () => {
    const { begun, visit, until } = makeVisits();
    const events: string[] = [];
    const onEvent: EventListener = (event) => {
      events.push(event.type === 'note' ? event.message : event.type);
    };
    const visited = visitTargets(targets, { onEvent, atOnce: 2 }, visit);
    (await until('b')).end('B');
    expect([...begun.keys()]).toEqual(['a', 'b']);
    expect(events).toEqual(['image-started', 'a']);
    (await until('a')).end('A');
    (await until('d')).end('D');
    (await until('c')).fail(new CnnvizError('BAD_IMAGE', 'c: broken'));
    expect((await visited).images).toEqual(['A', 'B', 'D']);
    const around = (image: string, end: string) => ['image-started', image, end];
    expect(events).toEqual([
      ...around('a', 'image-ended'),
      ...around('b', 'image-ended'),
      ...around('c', 'bad-image'),
      ...around('d', 'image-ended'),
    ]);
  });

  it('when stopped, ends the visits that have begun and begins no other', async () => {
    const { begun, visit, until } = makeVisits();
    const controller = new AbortController();
    const ended: string[] = [];
    const onEvent: EventListener = (event) => {
      if (event.type === 'image-ended') ended.push(event.image);
    };
    const visited = visitTargets(targets, { onEvent, signal: controller.signal, atOnce: 2 }, visit);
    (await until('b')).end('B');
    controller.abort();
    (await until('a')).end('A');
    await expect(visited).rejects.toMatchObject({ code: 'ABORTED', message: 'stopped before c' });
    expect([ended, [...begun.keys()]]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('fails with what a visit throws, when no other visit is going on any more', async () => {
    const { visit, until } = makeVisits();
    let failed = false;
    const visited = visitTargets(targets, { atOnce: 2 }, visit).catch((error: unknown) => {
      failed = true;
      throw error;
    });
    (await until('a')).fail(new CnnvizError('DISK_FULL', 'a'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(failed).toBe(false);
    (await until('b')).end('B');
    await expect(visited).rejects.toMatchObject({ code: 'DISK_FULL' });
  });
});
