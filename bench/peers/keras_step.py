"""One training step in Keras, batch 20: keras_step.py graph|xla|mixed_bfloat16 STEPS"""

import sys

import keras
import numpy as np
import tensorflow as tf

from clock import Clock, report
from network import build_network, compile_network

mode, steps = sys.argv[1], int(sys.argv[2])
if mode == "mixed_bfloat16":
    keras.mixed_precision.set_global_policy(mode)
model = compile_network(build_network(), jit_compile=mode == "xla")
random = np.random.default_rng(0)
images = tf.constant(random.random((20, 150, 150, 3), dtype="float32"))
labels = tf.constant((random.random((20, 1)) > 0.5).astype("float32"))

for _ in range(3):
    model.train_on_batch(images, labels)
clock = Clock()
for _ in range(steps):
    model.train_on_batch(images, labels)
wall, cpu = clock.read()
report(wallMs=wall / steps * 1e3, cpuMs=cpu / steps * 1e3)
