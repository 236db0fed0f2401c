"""Sequential, ModuleList, ModuleDict, ParameterList, ParameterDict, and members that a module registers itself."""
from collections import OrderedDict

import torch
import torch.nn as nn

from torch_nn import x


class Nested(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList([
            nn.ModuleDict(OrderedDict(conv=nn.Linear(3, 4), rest=nn.ModuleList([nn.Sequential(nn.ReLU()), nn.Sequential()]))),
            nn.Sequential(OrderedDict(first=nn.Linear(4, 4), second=nn.Tanh())),
        ])
        self.head = nn.ModuleList([nn.Linear(4, 4), nn.Linear(4, 4), nn.Linear(4, 2)])

    def forward(self, y):
        y = self.blocks[0]["conv"](y)
        for layer in self.blocks[0]["rest"]:
            y = layer(y)
        y = self.blocks[1](y)
        for layer in self.head:
            y = layer(y)
        return y


class Empty(nn.Module):
    def __init__(self):
        super().__init__()
        self.modules_ = nn.ModuleList()
        self.choices = nn.ModuleDict()
        self.body = nn.Sequential()
        self.weights = nn.ParameterList()
        self.named = nn.ParameterDict()

    def forward(self, y):
        return self.body(y) * 2


class Parameters(nn.Module):
    def __init__(self, count):
        super().__init__()
        self.weights = nn.ParameterList([torch.zeros(3, 3) for _ in range(count)])
        self.named = nn.ParameterDict(OrderedDict(right=torch.zeros(3), left=torch.zeros(1, 3)))

    def forward(self, y):
        for weight in self.weights:
            y = y @ weight
        return y * self.named["left"] + self.named["right"]


class Registered(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("shift", torch.zeros(3))
        self.register_parameter("scale", nn.Parameter(torch.zeros(3)))
        self.register_parameter("bias", None)
        self.add_module("fc", nn.Linear(3, 3))
        self.register_buffer("mask", torch.tensor([1.0, 0.0, 1.0]), persistent=False)

    def forward(self, y):
        return (self.fc(y) * self.scale + self.shift) * self.mask


def shared():
    layer = nn.Linear(3, 3)
    return nn.Sequential(layer, nn.ReLU(), layer)


def grown():
    net = nn.Sequential(nn.Linear(3, 3))
    net.append(nn.ReLU())
    net.insert(0, nn.Linear(3, 3))
    net.add_module("last", nn.Linear(3, 2))
    return net


CASES = [
    ("Nested", Nested, [x(2, 3)]),
    ("Empty", Empty, [x(2, 3)]),
    ("Parameters_1", lambda: Parameters(1), [x(2, 3)]),
    ("Parameters_2", lambda: Parameters(2), [x(2, 3)]),
    ("Registered", Registered, [x(2, 3)]),
    ("Sequential_shared", shared, [x(2, 3)]),
    ("Sequential_grown", grown, [x(2, 3)]),
    ("Sequential_slice", lambda: grown()[1:-1], [x(2, 3)]),
]
