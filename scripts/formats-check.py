"""Makes a network of keras.applications with random weights, and what Keras gives in each of its layers.

    KERAS_BACKEND=tensorflow python formats-check.py NAME FOLDER [keras|h5]

FOLDER gets NAME.keras (or .h5), and golden.json with golden.f32: for each layer its place among the float32 numbers.
"""

import json
import os
import pathlib
import re
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
import keras
import numpy as np

name, folder, ending = sys.argv[1], pathlib.Path(sys.argv[2]), (*sys.argv[3:], "keras")[0]
keras.utils.set_random_seed(5)
model = getattr(keras.applications, name)(weights=None)

# Statistics and offsets that no layer begins with, by which values neither grow nor vanish from layer to layer.
rng = np.random.default_rng(7)
for layer in model.layers:
    for weight in layer.weights:
        shape = tuple(weight.shape)
        if re.search("variance", weight.name):
            weight.assign(rng.uniform(0.5, 2, shape).astype("float32"))
        elif re.search("gamma", weight.name):
            weight.assign(rng.uniform(0.8, 1.2, shape).astype("float32"))
        elif re.search("beta|bias|mean", weight.name):
            weight.assign(rng.normal(0, 0.1, shape).astype("float32"))
    if hasattr(layer, "finalize_state"):
        layer.finalize_state()

model.save(folder / f"{name}.{ending}")
# Some leave the size of their images open.
shape = [1, *(size or 224 for size in model.input_shape[1:])]
image = rng.uniform(0, 1, shape).astype("float32")
layers = [each for each in model.operations if not isinstance(each, keras.layers.InputLayer)]
outputs = keras.Model(model.inputs, [each.output for each in layers]).predict_on_batch(image)
with open(folder / "golden.f32", "wb") as file:
    file.write(image.tobytes())
    at, places = image.size, []
    for each, output in zip(layers, outputs):
        places.append({"name": each.name, "at": at, "size": int(output.size)})
        file.write(np.ascontiguousarray(output, "float32").tobytes())
        at += output.size
(folder / "golden.json").write_text(json.dumps({"shape": shape, "layers": places}))
