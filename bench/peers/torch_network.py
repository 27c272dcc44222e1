"""The network of the article in PyTorch and one step of its training."""

import torch
from torch import nn


def build_network(memory_format):
    network = nn.Sequential(
        nn.Conv2d(3, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(64, 128, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(128, 128, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(6272, 512), nn.ReLU(), nn.Linear(512, 1),
    )  # fmt: skip
    return network.to(memory_format=memory_format)


def memory_format_of(name):
    return torch.channels_last if name in ("channels_last", "autocast") else torch.contiguous_format


class Training:
    def __init__(self, network, autocast=False):
        self.network = network
        self.autocast = autocast
        self.optimizer = torch.optim.RMSprop(network.parameters(), lr=1e-4, alpha=0.9, eps=1e-7)
        self.loss = nn.BCEWithLogitsLoss()

    def step(self, images, labels):
        """Loss and accuracy, read back as Keras does after every step."""
        self.optimizer.zero_grad(set_to_none=True)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.autocast):
            logits = self.network(images)
        loss = self.loss(logits.float(), labels)
        loss.backward()
        self.optimizer.step()
        return loss.item(), ((logits > 0) == (labels > 0.5)).float().mean().item()
