import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contestant, Place } from './scenario.js';

/** Steps that are timed, after some to warm up. */
export const STEPS = '20';

/** A script of ours in contestants/. */
export function script(name: string): string {
  return fileURLToPath(new URL(`contestants/${name}.js`, import.meta.url));
}

/** A script of the peers' in peers/. */
export function peer(name: string): string {
  return fileURLToPath(new URL(`../../bench/peers/${name}.py`, import.meta.url));
}

/** The command line as it is installed. */
export const cnnviz = fileURLToPath(new URL('../../bin/cnnviz.js', import.meta.url));

export function contestant(name: string, command: string[] | Contestant['command']): Contestant {
  return { name, command: Array.isArray(command) ? () => command : command };
}

/** A build of cnnviz on a Node. */
export interface CommandLine {
  name: string;
  program: string;
  /** absent: the one that measures */
  node: string | undefined;
  /** the name of the earlier build on the same Node, if there is one */
  earlier: string | undefined;
}

/** This build, and the earlier one where CNNVIZ_BENCH_BEFORE names a built clone; on this Node and on CNNVIZ_BENCH_NODES. */
export const commandLines: CommandLine[] = listCommandLines(process.env);

function listCommandLines({ CNNVIZ_BENCH_BEFORE: before, CNNVIZ_BENCH_NODES: others }: NodeJS.ProcessEnv) {
  const nodes = [undefined, ...(others?.split(delimiter) ?? [])];
  return nodes.flatMap((node): CommandLine[] => {
    const version =
      node === undefined ? process.version : execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
    const earlier = before === undefined ? undefined : `earlier build, Node ${version}`;
    const line: CommandLine = { name: `cnnviz, Node ${version}`, program: cnnviz, node, earlier };
    if (before === undefined || earlier === undefined) return [line];
    return [line, { name: earlier, program: join(before, 'bin/cnnviz.js'), node, earlier: undefined }];
  });
}

/** Images that no network was trained on, of all classes. */
export function testImages({ photographs }: Place, count: number): string[] {
  const folder = join(photographs, 'test');
  const classes = readdirSync(folder).sort();
  const images = classes.flatMap((name) =>
    readdirSync(join(folder, name))
      .sort()
      .map((file) => join(folder, name, file)),
  );
  if (images.length < count) throw new Error(`${folder}: expected ${count} images, found ${images.length}`);
  return images.slice(0, count);
}

/** An image that no network was trained on. */
export function firstTestImage(place: Place): string {
  return testImages(place, 1)[0] as string;
}
