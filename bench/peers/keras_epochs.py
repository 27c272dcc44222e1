"""Whole epochs of the article's run in Keras: keras_epochs.py generator|dataset IMAGES EPOCHS [mixed_bfloat16]

generator: ImageDataGenerator as the article has it, made endless (by itself it stops after one pass).
dataset: image_dataset_from_directory, decoded once and cached in memory, tuned.
An epoch is one pass: on the article's images 100 steps and 50 of validation. Reports the mean of every epoch
but the first.
"""

import math
import sys
from pathlib import Path

import keras
import tensorflow as tf
from keras.src.legacy.preprocessing.image import ImageDataGenerator

from clock import Clock, report
from network import build_network, compile_network

mode, photographs, epochs = sys.argv[1], sys.argv[2], int(sys.argv[3])
keras.mixed_precision.set_global_policy(sys.argv[4] if len(sys.argv) > 4 else "float32")


def count_steps(split):
    return math.ceil(sum(1 for _ in Path(photographs, split).glob("*/*")) / 20)


def endless(split):
    batches = ImageDataGenerator(rescale=1 / 255).flow_from_directory(
        f"{photographs}/{split}", target_size=(150, 150), batch_size=20, class_mode="binary"
    )
    while True:
        for index in range(len(batches)):
            images, labels = batches[index]
            yield images, labels.reshape(-1, 1)
        batches.on_epoch_end()


def tuned(split):
    dataset = keras.utils.image_dataset_from_directory(
        f"{photographs}/{split}",
        image_size=(150, 150),
        batch_size=None,
        label_mode="binary",
        shuffle=False,
        interpolation="nearest",
    ).cache()
    if split == "train":
        dataset = dataset.shuffle(2000)
    batches = dataset.batch(20).map(
        lambda images, labels: (tf.cast(images, tf.float32) / 255.0, labels), num_parallel_calls=tf.data.AUTOTUNE
    )
    return batches.prefetch(2).repeat()


class EpochClock(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.times = []

    def on_epoch_begin(self, epoch, logs=None):
        self.clock = Clock()

    def on_epoch_end(self, epoch, logs=None):
        self.times.append(self.clock.read())


source = endless if mode == "generator" else tuned
epoch_clock = EpochClock()
compile_network(build_network()).fit(
    source("train"),
    validation_data=source("validation"),
    steps_per_epoch=count_steps("train"),
    validation_steps=count_steps("validation"),
    epochs=epochs,
    verbose=0,
    callbacks=[epoch_clock],
)
later = epoch_clock.times[1:]
report(wallS=sum(wall for wall, _ in later) / len(later), cpuS=sum(cpu for _, cpu in later) / len(later))
