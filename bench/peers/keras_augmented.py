"""The book's second run in Keras: keras_augmented.py IMAGES

ImageDataGenerator as the book has it, made endless (by itself it stops after one pass). Reports the mean of one step over one
pass, after some steps to warm up. There is no validation.
"""

import sys

import keras
from keras.src.legacy.preprocessing.image import ImageDataGenerator

from clock import Clock, report
from network import build_network, compile_network

batches = ImageDataGenerator(
    rescale=1 / 255,
    rotation_range=40,
    width_shift_range=0.2,
    height_shift_range=0.2,
    shear_range=0.2,
    zoom_range=0.2,
    horizontal_flip=True,
).flow_from_directory(f"{sys.argv[1]}/train", target_size=(150, 150), batch_size=32, class_mode="binary")


def endless():
    while True:
        for index in range(len(batches)):
            images, labels = batches[index]
            yield images, labels.reshape(-1, 1)
        batches.on_epoch_end()


model = compile_network(build_network(dropout=0.5))
examples = endless()
model.fit(examples, steps_per_epoch=8, epochs=1, verbose=0)
clock = Clock()
model.fit(examples, steps_per_epoch=len(batches), epochs=1, verbose=0)
wall, cpu = clock.read()
report(wallMs=wall * 1e3 / len(batches), cpuMs=cpu * 1e3 / len(batches))
