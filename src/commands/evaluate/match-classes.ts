import { CnnvizError } from '../../base/errors.js';
import type { ImageFolder, LabeledFile } from '../../dataset/folder/image-folder.js';
import type { EventListener } from '../shared/events.js';
import type { LocatedNetwork } from '../shared/locate-network.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import type { ChosenImages } from '../shared/split-of-run.js';
import { describeUnknown, type UnknownClass } from '../shared/unknown-folders.js';

/** Images that a network can be evaluated on: each class index is that of the network's output. */
export interface MatchedImages {
  /** of the network, in the order of its outputs; the folder's names where the network has none */
  classNames: string[];
  files: LabeledFile[];
  /** of the network, without images here */
  missingClasses: string[];
  /** folders of classes that the network does not know, and how many images are not used for that */
  unknownClasses: UnknownClass[];
}

/**
 * Assigns class folders to a network's outputs: by name, whatever classes are missing here or there. Reports what that leaves
 * out. A network without class names takes as many folders as it has classes, in the order of their names.
 *
 * @throws CnnvizError BAD_DATASET where no class is known to both
 */
export function matchClasses(
  { folder, files }: Pick<ChosenImages, 'folder' | 'files'>,
  { classNames: known }: LocatedNetwork,
  trained: TrainedNetwork,
  onEvent: EventListener,
): MatchedImages {
  const classNames = known.length > 0 ? [...known] : assignInOrder(folder, trained, onEvent);
  const outputs = new Map(classNames.map((name, index) => [name.normalize(), index]));
  const outputOf = folder.classNames.map((name) => outputs.get(name.normalize()));
  const counts = new Array<number>(folder.classNames.length).fill(0);
  for (const { classIndex } of files) counts[classIndex] = (counts[classIndex] as number) + 1;
  const matched = files.flatMap(({ path, classIndex }) => {
    const output = outputOf[classIndex];
    return output === undefined ? [] : [{ path, classIndex: output }];
  });
  const present = new Set(matched.map(({ classIndex }) => classIndex));
  const result = {
    classNames,
    files: matched,
    missingClasses: classNames.filter((_, index) => !present.has(index)),
    unknownClasses: folder.classNames.flatMap((className, index) => {
      const imageCount = counts[index] as number;
      return outputOf[index] === undefined && imageCount > 0 ? [{ className, imageCount }] : [];
    }),
  };
  if (matched.length === 0) throw noCommonClass(folder, classNames);
  report(result, present.size, onEvent);
  return result;
}

function assignInOrder({ root, classNames }: ImageFolder, { description }: TrainedNetwork, onEvent: EventListener) {
  const units = description.layers.at(-1)?.outputShape.at(-1) ?? 0;
  const count = Math.max(units, 2);
  if (classNames.length !== count) {
    throw new CnnvizError(
      'BAD_DATASET',
      `${root}: the network has ${count} classes without names, the folder has ${classNames.length} (${classNames.join(', ')}): they cannot be matched`,
      { hint: `Name a folder with the ${count} class folders of the training data, in the same alphabetical order.` },
    );
  }
  const assignment = classNames.map((name, index) => `${index} = ${name}`).join(', ');
  onEvent({
    type: 'warning',
    message: `the network has no class names, so outputs are assigned to folders in alphabetical order: ${assignment}. If training used another order, every metric here is wrong`,
  });
  return classNames;
}

function noCommonClass({ root, classNames }: ImageFolder, known: readonly string[]): CnnvizError {
  return new CnnvizError(
    'BAD_DATASET',
    `${root}: none of its classes is known to the network: it has ${classNames.join(', ')}, the network knows ${known.join(', ')}`,
    { hint: "Class folders are matched by name: rename them to the network's class names." },
  );
}

function report({ missingClasses, unknownClasses }: MatchedImages, presentCount: number, onEvent: EventListener): void {
  if (unknownClasses.length > 0) {
    onEvent({ type: 'warning', message: describeUnknown(unknownClasses) });
  }
  if (missingClasses.length === 0) return;
  const list = missingClasses.join(', ');
  const consequence =
    presentCount === 1
      ? 'with one class only, precision, F1, ROC-AUC are undefined, and accuracy is its recall'
      : 'their metrics are undefined, and precision counts only confusions among the classes that are here';
  onEvent({ type: 'warning', message: `no images of ${list}: ${consequence}` });
}
