import fs from 'node:fs/promises';
import { join } from 'node:path';

/** The bytes of the weights in a folder of a run, by name. */
export async function readSavedWeights(folder: string): Promise<Map<string, Uint8Array>> {
  const { weightsManifest } = JSON.parse(await fs.readFile(join(folder, 'model.json'), 'utf8'));
  const bytes = await fs.readFile(join(folder, 'weights.bin'));
  let at = 0;
  return new Map(
    weightsManifest[0].weights.map(({ name, shape }: { name: string; shape: number[] }) => {
      const end = at + 4 * shape.reduce((product, size) => product * size, 1);
      const own = Uint8Array.from(bytes.subarray(at, end));
      at = end;
      return [name, own];
    }),
  );
}
