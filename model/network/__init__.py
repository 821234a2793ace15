"""The network as a whole: forward and backward passes, updates, minibatches, evaluation."""
