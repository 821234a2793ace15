"""The network of a Config as one writes it in PyTorch, from our initial weights and on our batches."""

from collections.abc import Callable

import torch
from torch import nn

from model.config.config import Config
from model.data.datasets import Dataset
from model.data.pixel_scaling import UNIT_SCALING
from model.network.batch_buffer import streams
from model.network.network import Network
from model.nn.activations import Activation

ACTIVATIONS: dict[Activation, Callable[[], nn.Module]] = {Activation.SIGMOID: nn.Sigmoid, Activation.RELU: nn.ReLU}


class TorchImages:
    """The data set as tensors: images as float32 from 0 to 1, prepared before anything is timed."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.train_x, self.test_x = (
            torch.from_numpy(images).float() / 255 for images in (dataset.train_images, dataset.test_images)
        )
        self.train_labels, self.test_labels = map(torch.from_numpy, (dataset.train_labels, dataset.test_labels))


class TorchTraining:
    """Trains a network with plain SGD, step by step."""

    def __init__(self, config: Config, images: TorchImages) -> None:
        weights, batches = streams(config)
        ours = Network(config, images.dataset.inputs, images.dataset.classes, UNIT_SCALING)
        ours.initialise(weights)
        layers: list[nn.Module] = []
        for affine in ours.affines:
            linear = nn.Linear(affine.n_in, affine.width)
            with torch.no_grad():
                linear.weight.copy_(torch.from_numpy(affine.weight.value.T))
                linear.bias.zero_()
            layers += [linear, ACTIVATIONS[config.activation]()]
        self.images = images
        self.network = nn.Sequential(*layers[:-1])
        self.loss = nn.CrossEntropyLoss()
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=config.optimizer.learning_rate)
        self.batches = config.sampling.value.batches(batches, len(images.train_labels), config.batch_size)

    def step(self) -> torch.Tensor:
        """One update; returns the loss before it."""
        batch = torch.from_numpy(next(self.batches))
        x, labels = self.images.train_x[batch], self.images.train_labels[batch]
        loss: torch.Tensor = self.loss(self.network(x), labels)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss

    def accuracy(self) -> float:
        """Share of the test images that it tells right."""
        with torch.no_grad():
            right = self.network(self.images.test_x).argmax(1) == self.images.test_labels
        return float(right.float().mean())
