"""A forward pass in Keras: keras_forward.py PATH BATCH STEPS"""

import sys

import keras
import numpy as np

from clock import Clock, report

path, batch, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
model = keras.models.load_model(path, compile=False)
images = np.random.default_rng(0).random((batch, *model.input_shape[1:]), dtype="float32")

for _ in range(3):
    model.predict_on_batch(images)
clock = Clock()
for _ in range(steps):
    model.predict_on_batch(images)
wall, cpu = clock.read()
report(wallMs=wall / steps * 1e3, cpuMs=cpu / steps * 1e3)
