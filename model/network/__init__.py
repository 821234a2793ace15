"""The network as a whole: forward and backward passes, updates, the batch buffer, evaluation."""
