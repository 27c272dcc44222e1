"""Decodes every image of a folder at 150 x 150, twice, and reports the second time: keras_decode.py FOLDER"""

import sys

import keras

from clock import Clock, report

images = keras.utils.image_dataset_from_directory(
    sys.argv[1], labels=None, image_size=(150, 150), interpolation="nearest", shuffle=False, batch_size=32
)
for batch in images:
    pass
clock = Clock()
for batch in images:
    pass
wall, cpu = clock.read()
count = len(images.file_paths)
report(wallMs=wall * 1e3 / count, cpuMs=cpu * 1e3 / count)
