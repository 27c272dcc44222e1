"""The article's pictures of the first eight layers: keras_activations.py MODEL IMAGE FOLDER"""

import os
import sys

import keras
import matplotlib
import numpy as np

matplotlib.use("Agg")
import matplotlib.pyplot as plt

model_file, image_file, folder = sys.argv[1:4]
os.makedirs(folder, exist_ok=True)
model = keras.models.load_model(model_file, compile=False)
image = keras.utils.img_to_array(keras.utils.load_img(image_file, target_size=(150, 150)))[None] / 255.0
layers = model.layers[:8]
activations = keras.Model(model.inputs, [layer.output for layer in layers]).predict(image, verbose=0)

images_per_row = 16
for layer, activation in zip(layers, activations):
    channels, size = activation.shape[-1], activation.shape[1]
    rows = channels // images_per_row
    grid = np.zeros((size * rows, images_per_row * size))
    for row in range(rows):
        for column in range(images_per_row):
            channel = activation[0, :, :, row * images_per_row + column].copy()
            channel -= channel.mean()
            if channel.std() > 0:
                channel /= channel.std()
            channel = np.clip(channel * 64 + 128, 0, 255).astype("uint8")
            grid[row * size : (row + 1) * size, column * size : (column + 1) * size] = channel
    plt.figure(figsize=(grid.shape[1] / size, grid.shape[0] / size))
    plt.title(layer.name)
    plt.grid(False)
    plt.imshow(grid, aspect="auto", cmap="viridis")
    plt.savefig(f"{folder}/{layer.name}.png")
    plt.close()
