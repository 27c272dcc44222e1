"""Whole epochs of the article's run in PyTorch, as its tutorials do it: a Dataset that decodes with Pillow, a
DataLoader with its defaults. torch_epochs.py default|channels_last IMAGES EPOCHS

Reports the mean of every epoch but the first.
"""

import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset

from clock import Clock, report
from torch_network import Training, build_network, memory_format_of

memory_format, photographs, epochs = memory_format_of(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])


class ImageFolder(Dataset):
    def __init__(self, folder):
        classes = sorted(entry for entry in folder.iterdir() if entry.is_dir())
        self.files = [(file, label) for label, entry in enumerate(classes) for file in sorted(entry.iterdir())]

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        file, label = self.files[index]
        image = Image.open(file).convert("RGB").resize((150, 150), Image.NEAREST)
        pixels = torch.from_numpy(np.asarray(image, dtype="float32") / 255).permute(2, 0, 1)
        return pixels, torch.tensor([label], dtype=torch.float32)


torch.manual_seed(0)
network = build_network(memory_format)
training = Training(network)
train = DataLoader(ImageFolder(photographs / "train"), batch_size=20, shuffle=True)
validation = DataLoader(ImageFolder(photographs / "validation"), batch_size=20)

times = []
for _ in range(epochs):
    clock = Clock()
    for images, labels in train:
        training.step(images.to(memory_format=memory_format), labels)
    with torch.no_grad():
        for images, labels in validation:
            training.loss(network(images.to(memory_format=memory_format)), labels).item()
    times.append(clock.read())
later = times[1:]
report(wallS=sum(wall for wall, _ in later) / len(later), cpuS=sum(cpu for _, cpu in later) / len(later))
