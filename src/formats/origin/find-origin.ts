// What is known of a network besides its layers: class names, and how it wants its pixels.

import { join } from 'node:path';
import { parseJson, readBytes } from '../../disk/read-file.js';
import type { RefuseFile } from '../bad-model.js';
import type { NetworkDefinition } from '../network-definition.js';
import type { FileFormat, NetworkOrigin, OpenedNetwork } from '../network-file.js';
import { readExportNotes } from './export-notes.js';
import { findClassNames, type NamesBeside, readClassFile } from './find-class-names.js';
import { findScaling } from './find-scaling.js';
import { findScores } from './find-scores.js';
import { isTeachableMachine, refuseOtherMedia, TEACHABLE_MACHINE } from './teachable-machine.js';

/** Bytes of what Teachable Machine says of a network. */
const metadataAtMost = 2 ** 20;

/**
 * @param folder in which files about the network may lie
 * @param classes path of the list of class names that is meant, whatever lies there
 * @throws CnnvizError BAD_MODEL for class names that do not fit, or a network that takes no images
 */
export async function findOrigin(
  { definition, compiled, notes, format }: OpenedNetwork,
  folder: string,
  classes: string | undefined,
  refuse: RefuseFile,
): Promise<{ format: FileFormat; origin: NetworkOrigin }> {
  const metadata = await readMetadata(join(folder, 'metadata.json'));
  refuseOtherMedia(metadata, refuse);
  const isTaught = isTeachableMachine(metadata, definition);
  const exported = readExportNotes(notes ?? metadata, definition);
  const { classNames, ignored } =
    classes === undefined
      ? await findNames(exported.classNames, folder, definition)
      : { classNames: await readClassFile(classes, definition), ignored: [] };
  const convention = findScaling(definition);
  const scores = findScores(compiled);
  return {
    format: isTaught ? 'Teachable Machine export' : format,
    origin: {
      ...(convention && { convention }),
      ...exported,
      ...(classNames && { classNames }),
      ...(isTaught && TEACHABLE_MACHINE),
      ...(scores && { scores }),
      ...(ignored.length > 0 && { ignored }),
    },
  };
}

/** The network's own names go before those that lie beside it. */
async function findNames(
  own: NamesBeside['classNames'],
  folder: string,
  definition: NetworkDefinition,
): Promise<NamesBeside> {
  return own === undefined ? await findClassNames(folder, definition) : { classNames: own, ignored: [] };
}

/** Undefined where there is none that can be read: then it says nothing. */
async function readMetadata(path: string): Promise<unknown> {
  try {
    return parseJson(await readBytes(path, metadataAtMost), (reason) => new Error(reason));
  } catch {
    return undefined;
  }
}
