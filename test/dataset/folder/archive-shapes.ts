/** How a well-known image set lies on a disk once it is unpacked, and what train says of it. */
export interface ArchiveShape {
  set: string;
  /** as the document draws it */
  layout: string;
  files: string[];
  /** the lines of text but for the counts; `DIR` is the folder that is named */
  prints: string[];
  /** of each split, `train: 4 images (0 cat 2, 1 dog 2)`; absent where the folder is refused */
  counts?: string[];
}

const each = (folders: string[], names: string[]) =>
  folders.flatMap((folder) => names.map((name) => `${folder}/${name}`));
const two = (folders: string[]) => each(folders, ['1.jpg', '2.jpg']);
const under = (root: string, folders: string[]) => folders.map((folder) => `${root}/${folder}`);

const CATS_DOGS = ['cat.0.jpg', 'cat.1.jpg', 'dog.0.jpg', 'dog.1.jpg'];
const LUNGS = ['NORMAL', 'PNEUMONIA'];
const SPLITS = ['train', 'val', 'test'];

export const ARCHIVE_SHAPES: ArchiveShape[] = [
  {
    set: 'Kaggle Dogs vs. Cats',
    layout: '`train/cat.0.jpg`, `test1/1.jpg`',
    files: [...each(['train'], CATS_DOGS), ...each(['test1'], ['1.jpg', '2.jpg']), 'sampleSubmission.csv'],
    prints: [
      'Using DIR/train (classes from file names)',
      'warning: test is not used: DIR/test1 has no class folder, and 2 images directly in it, with no classes in their names (for example 1.jpg)',
    ],
    counts: ['train: 4 images (0 cat 2, 1 dog 2)'],
  },
  {
    set: 'the same, unpacked into folders of their names',
    layout: '`dogs-vs-cats/train/train/cat.0.jpg`, `dogs-vs-cats/test1/test1/1.jpg`',
    files: [...each(['dogs-vs-cats/train/train'], CATS_DOGS), ...two(['dogs-vs-cats/test1/test1'])],
    prints: [
      'Using DIR/dogs-vs-cats/train/train (classes from file names)',
      'warning: test is not used: DIR/dogs-vs-cats/test1 has only one class ("test1")',
    ],
    counts: ['train: 4 images (0 cat 2, 1 dog 2)'],
  },
  {
    set: 'Microsoft Cats and Dogs',
    layout: '`PetImages/Cat/0.jpg`, `readme[1].txt`',
    files: [...two(under('PetImages', ['Cat', 'Dog'])), 'PetImages/Cat/Thumbs.db', 'readme[1].txt'],
    prints: ['Using DIR/PetImages', 'Left out: 1 hidden or system file (PetImages/Cat/Thumbs.db)'],
    counts: ['train: 4 images (0 Cat 2, 1 Dog 2)'],
  },
  {
    set: 'cats_and_dogs_filtered (TensorFlow)',
    layout: '`cats_and_dogs_filtered/train/cats/...`, `.../validation/cats/...`, `vectorize.py`',
    files: [
      ...two(under('cats_and_dogs_filtered', ['train/cats', 'train/dogs', 'validation/cats', 'validation/dogs'])),
      'cats_and_dogs_filtered/vectorize.py',
    ],
    prints: ['Using DIR/cats_and_dogs_filtered/train (train), DIR/cats_and_dogs_filtered/validation (validation)'],
    counts: ['train: 4 images (0 cats 2, 1 dogs 2)', 'validation: 4 images (0 cats 2, 1 dogs 2)'],
  },
  {
    set: 'flower_photos (TensorFlow)',
    layout: '`flower_photos/daisy/...`, `flower_photos/LICENSE.txt`',
    files: [...two(under('flower_photos', ['daisy', 'roses', 'tulips'])), 'flower_photos/LICENSE.txt'],
    prints: ['Using DIR/flower_photos', 'Left out: 1 file that is not an image (flower_photos/LICENSE.txt)'],
    counts: ['train: 6 images (0 daisy 2, 1 roses 2, 2 tulips 2)'],
  },
  {
    set: 'Caltech-101',
    layout: '`caltech-101/101_ObjectCategories/ant/...`, `caltech-101/Annotations/...mat`, `__MACOSX/`',
    files: [
      ...each(under('caltech-101/101_ObjectCategories', ['BACKGROUND_Google', 'ant', 'yin_yang']), [
        'image_0001.jpg',
        'image_0002.jpg',
      ]),
      'caltech-101/Annotations/ant/annotation_0001.mat',
      '__MACOSX/caltech-101/._ant.jpg',
    ],
    prints: [
      'Using DIR/caltech-101/101_ObjectCategories',
      'warning: Left out: 1 folder without images (caltech-101/Annotations)',
    ],
    counts: ['train: 6 images (0 BACKGROUND_Google 2, 1 ant 2, 2 yin_yang 2)'],
  },
  {
    set: 'Oxford-IIIT Pets',
    layout: '`images/Abyssinian_1.jpg`, `images/...mat`, `annotations/trimaps/...png`',
    files: [
      ...each(
        ['images'],
        ['Abyssinian_1.jpg', 'Abyssinian_2.jpg', 'great_pyrenees_1.jpg', 'great_pyrenees_12.jpg', 'Abyssinian_100.mat'],
      ),
      'annotations/trimaps/Abyssinian_1.png',
      'annotations/list.txt',
    ],
    prints: [
      'Using DIR/images (classes from file names)',
      'warning: Left out: 1 folder of images that is neither a class nor a split (annotations)',
      'Left out: 1 file that is not an image (images/Abyssinian_100.mat)',
    ],
    counts: ['train: 4 images (0 Abyssinian 2, 1 great_pyrenees 2)'],
  },
  {
    set: 'Food-101',
    layout: '`food-101/images/apple_pie/...`, `food-101/meta/train.txt`',
    files: [
      ...two(under('food-101/images', ['apple_pie', 'waffles'])),
      'food-101/meta/train.txt',
      'food-101/README.txt',
    ],
    prints: ['Using DIR/food-101/images', 'warning: Left out: 1 folder without images (food-101/meta)'],
    counts: ['train: 4 images (0 apple_pie 2, 1 waffles 2)'],
  },
  {
    set: 'Intel Image Classification',
    layout: '`seg_train/seg_train/sea/...`, `seg_test/seg_test/sea/...`, `seg_pred/seg_pred/3.jpg`',
    files: [
      ...two(under('seg_train/seg_train', ['forest', 'sea'])),
      ...two(under('seg_test/seg_test', ['forest', 'sea'])),
      ...two(['seg_pred/seg_pred']),
    ],
    prints: [
      'Using DIR/seg_train/seg_train (train), DIR/seg_test/seg_test (test)',
      'warning: Left out: 1 folder of images that is neither a class nor a split (seg_pred)',
    ],
    counts: ['train: 4 images (0 forest 2, 1 sea 2)', 'test: 4 images (0 forest 2, 1 sea 2)'],
  },
  {
    set: 'Chest X-ray (Kaggle)',
    layout: '`chest_xray/train/NORMAL/...`, the same again in `chest_xray/chest_xray/`, `chest_xray/__MACOSX/`',
    files: [
      ...two(SPLITS.flatMap((split) => under(`chest_xray/${split}`, LUNGS))),
      ...two(SPLITS.flatMap((split) => under(`chest_xray/chest_xray/${split}`, LUNGS))),
      ...two(under('chest_xray/__MACOSX/chest_xray/train', LUNGS)),
    ],
    prints: [
      'Using DIR/chest_xray/train (train), DIR/chest_xray/val (validation), DIR/chest_xray/test (test)',
      'warning: Left out: 1 folder of images that is neither a class nor a split (chest_xray/chest_xray)',
    ],
    counts: SPLITS.map((split) => `${split === 'val' ? 'validation' : split}: 4 images (0 NORMAL 2, 1 PNEUMONIA 2)`),
  },
  {
    set: 'Stanford Dogs',
    layout:
      '`images/Images/n02085620-Chihuahua/...`, `annotations/Annotation/n02085620-Chihuahua/n02085620_7` (no extension)',
    files: [
      ...two(under('images/Images', ['n02085620-Chihuahua', 'n02085782-Japanese_spaniel'])),
      ...each(under('annotations/Annotation', ['n02085620-Chihuahua', 'n02085782-Japanese_spaniel']), ['n1_7', 'n1_8']),
    ],
    prints: ['Using DIR/images/Images', 'warning: Left out: 1 folder without images (annotations)'],
    counts: ['train: 4 images (0 n02085620-Chihuahua 2, 1 n02085782-Japanese_spaniel 2)'],
  },
  {
    set: 'MNIST as PNG files',
    layout: '`mnist_png/training/0/...`, `mnist_png/testing/0/...`',
    files: two(['training', 'testing'].flatMap((split) => under(`mnist_png/${split}`, ['0', '1', '2']))),
    prints: ['Using DIR/mnist_png/training (train), DIR/mnist_png/testing (test)'],
    counts: ['train: 6 images (0 0 2, 1 1 2, 2 2 2)', 'test: 6 images (0 0 2, 1 1 2, 2 2 2)'],
  },
  {
    set: 'EuroSAT',
    layout: '`2750/Forest/Forest_1.jpg`',
    files: each(under('2750', ['Forest']), ['Forest_1.jpg', 'Forest_2.jpg']).concat(
      each(under('2750', ['SeaLake']), ['SeaLake_1.jpg', 'SeaLake_2.jpg']),
    ),
    prints: ['Using DIR/2750'],
    counts: ['train: 4 images (0 Forest 2, 1 SeaLake 2)'],
  },
  {
    set: 'EuroSAT (Kaggle: RGB and all bands)',
    layout: '`EuroSAT/Forest/...jpg`, `EuroSATallBands/Forest/...tif`',
    files: two(['EuroSAT', 'EuroSATallBands'].flatMap((set) => under(set, ['Forest', 'SeaLake']))),
    prints: [
      'refused: DIR has EuroSAT, EuroSATallBands side by side, which look like parts of a dataset, not like classes: each has the folders Forest, SeaLake',
    ],
  },
  {
    set: 'Tiny ImageNet',
    layout: '`tiny-imagenet-200/train/n01443537/images/...JPEG`, `.../val/images/val_0.JPEG`, `.../test/images/...`',
    files: [
      ...each(under('tiny-imagenet-200/train', ['n01443537/images', 'n01629819/images']), ['n1_0.JPEG', 'n1_1.JPEG']),
      'tiny-imagenet-200/train/n01443537/n01443537_boxes.txt',
      ...each(['tiny-imagenet-200/val/images'], ['val_0.JPEG', 'val_1.JPEG']),
      ...each(['tiny-imagenet-200/test/images'], ['test_0.JPEG', 'test_1.JPEG']),
      'tiny-imagenet-200/val/val_annotations.txt',
      'tiny-imagenet-200/words.txt',
    ],
    prints: [
      'Using DIR/tiny-imagenet-200/train',
      'warning: validation is not used: DIR/tiny-imagenet-200/val has only one class ("images")',
      'warning: test is not used: DIR/tiny-imagenet-200/test has only one class ("images")',
      'Left out: 1 file that is not an image (tiny-imagenet-200/train/n01443537/n01443537_boxes.txt)',
    ],
    counts: ['train: 4 images (0 n01443537 2, 1 n01629819 2)'],
  },
  {
    set: 'hymenoptera_data (PyTorch)',
    layout: '`hymenoptera_data/train/ants/...`, `hymenoptera_data/val/ants/...`',
    files: two(['train', 'val'].flatMap((split) => under(`hymenoptera_data/${split}`, ['ants', 'bees']))),
    prints: ['Using DIR/hymenoptera_data/train (train), DIR/hymenoptera_data/val (validation)'],
    counts: ['train: 4 images (0 ants 2, 1 bees 2)', 'validation: 4 images (0 ants 2, 1 bees 2)'],
  },
  {
    set: 'ASL Alphabet',
    layout: '`asl_alphabet_train/asl_alphabet_train/A/...`, `asl_alphabet_test/asl_alphabet_test/A_test.jpg`',
    files: [
      ...two(under('asl_alphabet_train/asl_alphabet_train', ['A', 'B', 'nothing'])),
      ...each(['asl_alphabet_test/asl_alphabet_test'], ['A_test.jpg', 'B_test.jpg']),
    ],
    prints: [
      'Using DIR/asl_alphabet_train/asl_alphabet_train',
      'warning: test is not used: DIR/asl_alphabet_test has only one class ("asl_alphabet_test")',
    ],
    counts: ['train: 6 images (0 A 2, 1 B 2, 2 nothing 2)'],
  },
  {
    set: 'Brain MRI, Malaria (Kaggle)',
    layout: '`yes/...`, `no/...`, the same again in `brain_tumor_dataset/`',
    files: two(['yes', 'no', 'brain_tumor_dataset/yes', 'brain_tumor_dataset/no']),
    prints: ['warning: Left out: 1 folder of images that is neither a class nor a split (brain_tumor_dataset)'],
    counts: ['train: 4 images (0 no 2, 1 yes 2)'],
  },
  {
    set: 'Fruits-360',
    layout: '`fruits-360/Training/Apple Braeburn/...`, `fruits-360/Test/...`, `fruits-360/test-multiple_fruits/...jpg`',
    files: [
      ...two(['Training', 'Test'].flatMap((split) => under(`fruits-360/${split}`, ['Apple Braeburn', 'Lemon']))),
      ...two(['fruits-360/test-multiple_fruits']),
    ],
    prints: [
      'Using DIR/fruits-360/Training (train), DIR/fruits-360/Test (test)',
      'warning: Left out: 1 folder of images that is neither a class nor a split (fruits-360/test-multiple_fruits)',
    ],
    counts: ['train: 4 images (0 Apple Braeburn 2, 1 Lemon 2)', 'test: 4 images (0 Apple Braeburn 2, 1 Lemon 2)'],
  },
  {
    set: 'PlantVillage (color, grayscale, segmented)',
    layout: '`plantvillage dataset/color/Apple___scab/...`, `.../grayscale/...`, `.../segmented/...`',
    files: two(
      ['color', 'grayscale', 'segmented'].flatMap((kind) =>
        under(`plantvillage dataset/${kind}`, ['Apple___scab', 'Corn']),
      ),
    ),
    prints: [
      'refused: DIR/plantvillage dataset has color, grayscale, segmented side by side, which look like parts of a dataset, not like classes: each has the folders Apple___scab, Corn',
    ],
  },
  {
    set: 'Flowers-102',
    layout: '`jpg/image_00001.jpg`, `imagelabels.mat`',
    files: [...each(['jpg'], ['image_00001.jpg', 'image_00002.jpg']), 'imagelabels.mat'],
    prints: ['refused: DIR has only one class ("jpg"); at least two classes are needed'],
  },
  {
    set: 'Dog Breed Identification (Kaggle: labels in a table)',
    layout: '`train/000bec18.jpg`, `test/000621fb.jpg`, `labels.csv`',
    files: [...each(['train', 'test'], ['00a.jpg', '00b.jpg']), 'labels.csv'],
    prints: [
      'refused: DIR has test, train in place of classes: they look like splits, and the classes of their images are unknown: train has no class folder, and 2 images directly in it, with no classes in their names (for example 00a.jpg)',
    ],
  },
  {
    set: 'COCO (object detection)',
    layout: '`train2017/000000000009.jpg`, `val2017/...`, `annotations/...json`',
    files: [...each(['train2017', 'val2017'], ['009.jpg', '025.jpg']), 'annotations/instances_train2017.json'],
    prints: [
      'refused: DIR has train2017, val2017 in place of classes: they look like splits, and the classes of their images are unknown: train2017 has no class folder, and 2 images directly in it, with no classes in their names (for example 009.jpg)',
    ],
  },
  {
    set: 'YOLO (object detection)',
    layout: '`images/train/...jpg`, `images/val/...jpg`, `labels/train/...txt`',
    files: [
      ...each(['images/train', 'images/val'], ['009.jpg', '025.jpg']),
      ...each(['labels/train', 'labels/val'], ['009.txt', '025.txt']),
    ],
    prints: [
      'refused: DIR/images has train, val in place of classes: they look like splits, and the classes of their images are unknown: train has no class folder, and 2 images directly in it, with no classes in their names (for example 009.jpg)',
    ],
  },
  {
    set: 'Pascal VOC (segmentation)',
    layout: '`VOCdevkit/VOC2012/JPEGImages/...jpg`, `.../SegmentationClass/...png`, `.../Annotations/...xml`',
    files: [
      ...each(under('VOCdevkit/VOC2012', ['JPEGImages', 'SegmentationClass', 'SegmentationObject']), [
        '2007_000027.jpg',
        '2007_000032.jpg',
      ]),
      'VOCdevkit/VOC2012/Annotations/2007_000027.xml',
    ],
    prints: [
      'refused: DIR/VOCdevkit/VOC2012 has only one class ("JPEGImages"), and no images in "Annotations"; at least two classes are needed',
    ],
  },
];

/** A row of the document's table. */
export function formatShape({ set, layout, prints }: ArchiveShape): string {
  const printed = prints.map((line) => `\`${line.replace(/^warning: /, '')}\``).join('<br>');
  return `| ${set} | ${layout} | ${printed} |`;
}
