"""Predicts every image of a folder: keras_predict.py MODEL FOLDER [steady]

The whole command is what a user waits for; `steady` predicts once to warm up and reports a second pass alone.
"""

import sys

import keras
import tensorflow as tf

from clock import Clock, report

model = keras.models.load_model(sys.argv[1], compile=False)
photographs = keras.utils.image_dataset_from_directory(
    sys.argv[2], labels=None, image_size=(150, 150), interpolation="nearest", shuffle=False, batch_size=32
)
dataset = photographs.map(lambda images: tf.cast(images, tf.float32) / 255.0)
probabilities = model.predict(dataset, verbose=0)
if "steady" in sys.argv:
    clock = Clock()
    model.predict(dataset, verbose=0)
    wall, cpu = clock.read()
    report(wallS=wall, cpuS=cpu)
else:
    for file, probability in zip(photographs.file_paths, probabilities):
        print(file, probability[0])
