// A network's file that is opened again and again: its thread starts once, and stays. For vi.mock of open-in-thread.ts, where
// opening is not what is tested.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll } from 'vitest';
import type * as opening from '../../src/formats/keras/open-in-thread.js';

export function openOnce({ openInThread }: typeof opening): typeof opening {
  const opened = new Map<string, ReturnType<typeof openInThread>>();
  afterAll(async () => {
    for (const content of opened.values()) await (await content).close();
  });
  return {
    async openInThread(task, refuse) {
      const bytes = createHash('sha256').update(readFileSync(task.path)).digest('hex');
      const key = JSON.stringify({ ...task, path: bytes }); // an archive's is unpacked to a place of its own each time
      const content = opened.get(key) ?? openInThread(task, refuse);
      opened.set(key, content);
      return { ...(await content), close: async () => undefined };
    },
  };
}
