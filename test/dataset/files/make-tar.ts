import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Header, pack } from 'tar-stream';

/** A member of an archive: its content, or the header of something that is no file. */
export type Member = [name: string, content: string | Buffer | Partial<Header>];

/** Writes an archive with these members, in this order, whatever their names are. */
export async function writeTar(path: string, members: readonly Member[]): Promise<void> {
  const archive = pack();
  for (const [name, content] of members) {
    if (typeof content === 'string' || Buffer.isBuffer(content)) archive.entry({ name }, content);
    else archive.entry({ name, ...content });
  }
  archive.finalize();
  await pipeline(archive, createWriteStream(path));
}
