import { join as joinPath } from 'node:path';
import { join } from '../../base/protobuf.js';
import { appendToFile, makeFolder } from '../../disk/files.js';
import { type EventContent, encodeEvent } from './event.js';
import { frameRecord } from './record.js';

/** A file that TensorBoard reads while it grows. */
export class EventFile {
  readonly #path: string;
  readonly #now: () => number;

  private constructor(path: string, now: () => number) {
    this.#path = path;
    this.#now = now;
  }

  /**
   * Begins a file beside those that are there; by its name it comes after them.
   *
   * @param now seconds since 1970
   * @throws CnnvizError NOT_WRITABLE, DISK_FULL
   */
  static async begin(folder: string, now = () => Date.now() / 1000): Promise<EventFile> {
    await makeFolder(folder);
    const milliseconds = String(Math.round(now() * 1000)).padStart(13, '0');
    const file = new EventFile(joinPath(folder, `events.out.tfevents.${milliseconds}.cnnviz`), now);
    await file.append({ kind: 'version' });
    return file;
  }

  /** @throws CnnvizError NOT_WRITABLE, DISK_FULL */
  async append(...events: EventContent[]): Promise<void> {
    await appendToFile(this.#path, join(events.map((event) => frameRecord(encodeEvent(event, this.#now())))));
  }
}
