"""Functions of one element, and softmax."""
import torch.nn as nn

from torch_nn import x

CASES = [
    ("ReLU_inplace", lambda: nn.ReLU(inplace=True), [x(2, 5)]),
    ("LogSoftmax_dim1", lambda: nn.LogSoftmax(dim=1), [x(3, 4, 5)]),
]
