import { EventEmitter } from 'node:events';

/** Stands in for stdout or stderr and keeps what is written. */
export type MemoryStream = NodeJS.WriteStream & { text(): string };

export function memoryStream(properties: { isTTY?: boolean; columns?: number } = {}): MemoryStream {
  let written = '';
  const write = (chunk: string): boolean => {
    written += chunk;
    return true;
  };
  return Object.assign(new EventEmitter(), properties, {
    write,
    text: () => written,
  }) as unknown as MemoryStream;
}
