"""The parts of a network: activations, initial weights, layers, normalisation, loss and optimisers."""
