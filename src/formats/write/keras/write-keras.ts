// A .keras file of Keras 3: a zip of config.json, metadata.json and model.weights.h5, and cnnviz.json, which Keras ignores.

import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import type { ExportContent, ExportPlace } from '../export-content.js';
import { writeKerasWeights } from './keras-weights.js';
import { kerasNetwork } from './network-config.js';
import { kerasCompileConfig } from './training-config.js';

/** The version whose format it is; later ones read it. */
export const KERAS_VERSION = '3.0.0';

/**
 * @param scratch where the weights can be written first
 * @throws CnnvizError BAD_MODEL for a layer that Keras does not have; the file system's errors
 */
export async function writeKeras({ path, scratch }: ExportPlace, content: ExportContent): Promise<void> {
  const { network, notes, training } = content;
  const config = { ...kerasNetwork(network), ...(training && { compile_config: kerasCompileConfig(training) }) };
  const metadata = { keras_version: KERAS_VERSION, date_saved: formatDate(new Date()) };
  await writeKerasWeights(scratch, content);
  const zip = new yazl.ZipFile();
  const stored = { compress: false };
  const entries = { 'cnnviz.json': notes, 'metadata.json': metadata, 'config.json': config };
  for (const [name, entry] of Object.entries(entries)) {
    zip.addBuffer(Buffer.from(JSON.stringify(entry)), name, stored);
  }
  zip.addFile(scratch, 'model.weights.h5', stored);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}

/** `2026-11-26@23:04:59`, as Keras writes it */
function formatDate(date: Date): string {
  return date.toISOString().slice(0, 19).replace('T', '@');
}
