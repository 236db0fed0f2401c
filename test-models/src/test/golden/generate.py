#!/usr/bin/python3
"""Makes the golden data of the module test-models with real PyTorch.

    /usr/bin/python3 test-models/src/test/golden/generate.py [--reference FOLDER] [--out FOLDER] [--check]

Needs Debian's python3-torch, python3-torchvision and python3-numpy (made with torch 1.13.0a0, torchvision 0.14.1a0 and
numpy 1.24.2 of Debian 12). Writes to src/test/resources/golden, or to --out.

The reference weights and inputs of the small models and layers come from FOLDER/models/NAME and FOLDER/layers/NAME (or
FOLDER/examples/NAME): model.pth or weights.npz, and input_N.npy. Without --reference they are read from the golden folder
itself, so that the script needs nothing but this repository; when FOLDER has outputs for the same inputs, they are
compared with ours. Everything else (formula weights, formula inputs, initialisers) is made from scratch.

Running it again on the same machine and versions gives the same bytes (fixed dates in the .npz, one thread); another
processor may choose other convolution kernels and differ in the last bits. --check writes nothing into the golden folder
and reports which files would change.
"""
import argparse
import copy
import filecmp
import io
import math
import os
import shutil
import sys
import tempfile
import zipfile
from collections import OrderedDict

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torchvision

MASK64 = (1 << 64) - 1


# ---------------------------------------------------------------- the formula (README.md)

def fnv1a64(text):
    h = 0xCBF29CE484222325
    for b in text.encode("utf-8"):
        h = ((h ^ b) * 0x100000001B3) & MASK64
    return h


def units(key, count):
    """count doubles in [0,1): the 24 high bits of splitmix64, seeded by the key"""
    z = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(fnv1a64(key))
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(40)).astype(np.float64) * 2.0 ** -24


def uniform(key, shape, lo, hi):
    u = units(key, int(np.prod(shape, dtype=np.int64)))
    return (lo + (hi - lo) * u).astype(np.float32).reshape(shape)


def bounds(key, shape):
    if key.endswith("running_mean"):
        return -0.2, 0.2
    if key.endswith("running_var"):
        return 0.5, 1.5
    if key.endswith("bias"):
        return -0.1, 0.1
    if key.endswith("weight") and len(shape) >= 2:
        b = math.sqrt(6.0 / math.prod(shape[1:]))
        return -b, b
    if key.endswith("weight") and len(shape) == 1:
        return 0.8, 1.2
    return 0.1, 0.3


def formula_weights(model):
    with torch.no_grad():
        for key, t in model.state_dict().items():
            if key.endswith("num_batches_tracked"):
                t.fill_(1234)
            else:
                t.copy_(torch.from_numpy(uniform(key, tuple(t.shape), *bounds(key, t.shape))))
    return model


def formula_input(n, shape, lo=-1.0, hi=1.0):
    return torch.from_numpy(uniform("input_%d" % n, shape, lo, hi))


# ---------------------------------------------------------------- the models of the reference set

def chain(*named):
    """Sequential with given names"""
    return nn.Sequential(OrderedDict(named))


class PyTorchSimpleFFN(nn.Module):
    def __init__(self, inputs, hidden, classes, dropout=0.2):
        super().__init__()
        self.fc1 = nn.Linear(inputs, hidden)
        self.relu = nn.ReLU()
        self.dropout = nn.Dropout(dropout)
        self.fc2 = nn.Linear(hidden, classes)

    def forward(self, x):
        return self.fc2(self.dropout(self.relu(self.fc1(x))))


class PyTorchSimpleCNN(nn.Module):
    def __init__(self, classes=10):
        super().__init__()
        for i, (cin, cout) in enumerate([(1, 32), (32, 64)], 1):
            self.add_module("conv%d" % i, nn.Conv2d(cin, cout, 3, padding=1))
            self.add_module("relu%d" % i, nn.ReLU())
            self.add_module("pool%d" % i, nn.MaxPool2d(2, 2))
        self.fc1 = nn.Linear(64 * 7 * 7, 128)
        self.relu3 = nn.ReLU()
        self.fc2 = nn.Linear(128, classes)

    def forward(self, x):
        x = self.pool1(self.relu1(self.conv1(x)))
        x = self.pool2(self.relu2(self.conv2(x)))
        return self.fc2(self.relu3(self.fc1(x.view(x.size(0), -1))))


class PyTorchResidualBlock(nn.Module):
    def __init__(self, cin, cout, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(cin, cout, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(cout)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(cout, cout, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(cout)
        same = stride == 1 and cin == cout
        self.shortcut = nn.Sequential() if same else nn.Sequential(
            nn.Conv2d(cin, cout, 1, stride, bias=False), nn.BatchNorm2d(cout))

    def forward(self, x):
        y = self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x)))))
        return self.relu(y + self.shortcut(x))


def intro_my_model():
    class MyModel(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv1 = nn.Conv2d(3, 64, 3)
            self.pool = nn.MaxPool2d(2)

        def forward(self, x):
            return self.pool(self.conv1(x))
    return MyModel()


def two_convs():
    return nn.Sequential(nn.Conv2d(1, 20, 5), nn.ReLU(), nn.Conv2d(20, 64, 5), nn.ReLU())


def my_model():
    class MyModel(nn.Module):
        def __init__(self):
            super().__init__()
            self.layer1 = two_convs()
            names = "convolution_layer_1", "activation_1", "convolution_layer_2", "activation_2"
            self.layer2 = chain(*zip(names, two_convs()))

        def forward(self, x):
            return self.layer1(x), self.layer2(x)
    return MyModel()


def cifar_resnet18():
    """ResNet18 as printed in the tutorial: 3x3 stem, Identity for the max pooling, 10 classes"""
    class BasicBlock(nn.Module):
        def __init__(self, cin, cout, stride):
            super().__init__()
            self.conv1 = nn.Conv2d(cin, cout, 3, stride, 1, bias=False)
            self.bn1 = nn.BatchNorm2d(cout)
            self.relu = nn.ReLU(inplace=True)
            self.conv2 = nn.Conv2d(cout, cout, 3, 1, 1, bias=False)
            self.bn2 = nn.BatchNorm2d(cout)
            if stride != 1 or cin != cout:
                self.downsample = nn.Sequential(nn.Conv2d(cin, cout, 1, stride, bias=False), nn.BatchNorm2d(cout))

        def forward(self, x):
            y = self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x)))))
            return self.relu(y + (self.downsample(x) if hasattr(self, "downsample") else x))

    class ResNet(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv1 = nn.Conv2d(3, 64, 3, 1, 1, bias=False)
            self.bn1 = nn.BatchNorm2d(64)
            self.relu = nn.ReLU(inplace=True)
            self.maxpool = nn.Identity()
            cin = 64
            for i, (cout, stride) in enumerate([(64, 1), (128, 2), (256, 2), (512, 2)], 1):
                self.add_module("layer%d" % i, nn.Sequential(BasicBlock(cin, cout, stride), BasicBlock(cout, cout, 1)))
                cin = cout
            self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
            self.fc = nn.Linear(512, 10)

        def forward(self, x):
            x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
            x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
            return self.fc(torch.flatten(self.avgpool(x), 1))
    return ResNet()


def module_list():
    class MyModule(nn.Module):
        def __init__(self):
            super().__init__()
            self.linears = nn.ModuleList(nn.Linear(10, 10) for _ in range(10))

        def forward(self, x):
            for i, layer in enumerate(self.linears):
                x = self.linears[i // 2](x) + layer(x)
            return x
    return MyModule()


def module_dict(choice, act):
    class MyModule(nn.Module):
        def __init__(self):
            super().__init__()
            self.choices = nn.ModuleDict({"conv": nn.Conv2d(10, 10, 3), "pool": nn.MaxPool2d(3)})
            self.activations = nn.ModuleDict([["lrelu", nn.LeakyReLU()], ["prelu", nn.PReLU()]])

        def forward(self, x):  # in the tutorial choice and act are arguments of forward
            return self.activations[act](self.choices[choice](x))
    return MyModule()


def parameter_module():
    class MyModule(nn.Module):
        def __init__(self):
            super().__init__()
            self.weight = nn.Parameter(torch.zeros(3, 3))

        def forward(self, x):
            return x @ self.weight
    return MyModule()


class SimpleNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(10, 1)

    def forward(self, x):
        return self.fc(x)


class ComplexModule(nn.Module):
    def __init__(self):
        super().__init__()
        self.submodule1 = nn.Linear(10, 20)
        self.submodule2 = nn.ReLU()

    def forward(self, x):
        return self.submodule2(self.submodule1(x))


class SimpleLinear(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.linear = nn.Linear(inputs, outputs)

    def forward(self, x):
        return self.linear(x)


class FCModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear1 = nn.Linear(784, 300)
        self.bn1 = nn.BatchNorm1d(300)

    def forward(self, x):
        return F.relu(self.bn1(self.linear1(self.flatten(x))))


def sequential_add_module():
    s = nn.Sequential()
    s.add_module("flatten", nn.Flatten())
    s.add_module("linear1", nn.Linear(784, 300))
    return s


class ResBlockWrapper(nn.Module):
    def __init__(self):
        super().__init__()
        self.res_block = nn.Sequential(nn.Conv2d(64, 64, 3, padding=1), nn.BatchNorm2d(64))

    def forward(self, x):
        return F.relu(x + self.res_block(x))


class RestNetBasicBlock(nn.Module):
    def __init__(self, cin, cout, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(cin, cout, 3, stride, 1)
        self.bn1 = nn.BatchNorm2d(cout)
        self.conv2 = nn.Conv2d(cout, cout, 3, stride, 1)
        self.bn2 = nn.BatchNorm2d(cout)

    def forward(self, x):
        return F.relu(x + self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))))


class RestNetDownBlock(nn.Module):
    def __init__(self, cin, cout, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(cin, cout, 3, stride[0], 1)
        self.bn1 = nn.BatchNorm2d(cout)
        self.conv2 = nn.Conv2d(cout, cout, 3, stride[1], 1)
        self.bn2 = nn.BatchNorm2d(cout)
        self.extra = nn.Sequential(nn.Conv2d(cin, cout, 1, stride[0]), nn.BatchNorm2d(cout))

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(self.extra(x) + y)


class RestNet18(nn.Module):
    """The tutorial's ResNet18: convolutions with bias, no ReLU after bn1"""

    def __init__(self, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3)
        self.bn1 = nn.BatchNorm2d(64)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        self.layer1 = nn.Sequential(RestNetBasicBlock(64, 64, 1), RestNetBasicBlock(64, 64, 1))
        for i, c in enumerate([128, 256, 512], 2):
            layer = nn.Sequential(RestNetDownBlock(c // 2, c, [2, 1]), RestNetBasicBlock(c, c, 1))
            self.add_module("layer%d" % i, layer)
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(512, classes)

    def forward(self, x):
        x = self.maxpool(self.bn1(self.conv1(x)))
        x = self.avgpool(self.layer4(self.layer3(self.layer2(self.layer1(x)))))
        return self.fc(x.reshape(x.shape[0], -1))


def my_net_scaled(side):
    class MyNet(nn.Module):
        def __init__(self):
            super().__init__()
            for i, cin in enumerate([3, 32], 1):
                self.add_module("conv%d" % i, nn.Conv2d(cin, 32, 3, 1, 1))
                self.add_module("relu%d" % i, nn.ReLU())
                self.add_module("max_pooling%d" % i, nn.MaxPool2d(2, 1))
            self.dense1 = nn.Linear(32 * side * side, 128)
            self.dense2 = nn.Linear(128, 10)

        def forward(self, x):
            x = self.max_pooling1(self.relu1(self.conv1(x)))
            x = self.max_pooling2(self.relu2(self.conv2(x)))
            return self.dense2(self.dense1(x.view(x.size(0), -1)))
    return MyNet()


def my_net(conv_names, dense_names):
    class MyNet(nn.Module):
        def __init__(self):
            super().__init__()
            conv = nn.Conv2d(3, 32, 3, 1, 1), nn.ReLU(), nn.MaxPool2d(2)
            dense = nn.Linear(32 * 3 * 3, 128), nn.ReLU(), nn.Linear(128, 10)
            self.conv_block = chain(*zip(conv_names, conv))
            self.dense_block = chain(*zip(dense_names, dense))

        def forward(self, x):
            x = self.conv_block(x)
            return self.dense_block(x.view(x.size(0), -1))
    return MyNet()


# name, model, cases; a case is REF (input_N.npy of the reference) or a shape (input by formula, range [-2,2])
REF = None
SMALL_MODELS = [
    ("000_SimpleFFN", lambda: PyTorchSimpleFFN(784, 128, 10), [REF, (5, 784)]),
    ("000_SimpleCNN", lambda: PyTorchSimpleCNN(10), [REF, (4, 1, 28, 28)]),
    ("000_ResidualBlock_3_64_s2", lambda: PyTorchResidualBlock(3, 64, 2), [(1, 3, 21, 18), (2, 3, 21, 18)]),
    ("000_ResidualBlock_64_64_s1", lambda: PyTorchResidualBlock(64, 64, 1), [(1, 64, 9, 11), (2, 64, 9, 11)]),
    ("001_MyModel_intro", intro_my_model, [(1, 3, 17, 15), (3, 3, 17, 15)]),
    ("001_MyModel", my_model, [(1, 1, 14, 15), (3, 1, 14, 15)]),
    ("002_Sequential", two_convs, [(1, 1, 14, 15), (3, 1, 14, 15)]),
    ("002_ModuleList_MyModule", module_list, [REF, REF]),
    ("002_ModuleDict_MyModule_conv_lrelu", lambda: module_dict("conv", "lrelu"), [REF, REF]),
    ("002_ModuleDict_MyModule_conv_prelu", lambda: module_dict("conv", "prelu"), [REF, REF]),
    ("002_ModuleDict_MyModule_pool_lrelu", lambda: module_dict("pool", "lrelu"), [REF, REF]),
    ("002_ModuleDict_MyModule_pool_prelu", lambda: module_dict("pool", "prelu"), [REF, REF]),
    ("002_Parameter_MyModule", parameter_module, [REF, REF]),
    ("002_SimpleNN", SimpleNN, [REF, REF]),
    ("002_ComplexModule", ComplexModule, [REF, REF]),
    ("003_SimpleLinear", lambda: SimpleLinear(16, 7), [REF, REF]),
    ("003_ResBlockWrapper", ResBlockWrapper, [(1, 64, 9, 11), (2, 64, 9, 11)]),
    ("004_MyNet_way1", lambda: my_net("012", "012"), [REF, REF]),
    ("004_MyNet_way2", lambda: my_net(("conv1", "relu1", "pool"), ("dense1", "relu2", "dense2")), [REF, REF]),
    ("004_MyNet_way3", lambda: my_net(("conv1", "relu1", "pool1"), ("dense1", "relu2", "dense2")), [REF, REF]),
]

# name, model, shapes; weights and inputs by formula (inputs in [-1,1])
FORMULA_MODELS = [
    ("001_ResNet18_printed", cifar_resnet18, [(1, 3, 32, 32), (2, 3, 32, 32)]),
    ("003_RestNet18", lambda: RestNet18(10), [(1, 3, 224, 224)]),
    ("torchvision_resnet18", lambda: torchvision.models.resnet18(weights=None), [(1, 3, 224, 224)]),
    ("torchvision_resnet50", lambda: torchvision.models.resnet50(weights=None), [(1, 3, 224, 224)]),
    ("torchvision_mobilenet_v2", lambda: torchvision.models.mobilenet_v2(weights=None), [(1, 3, 224, 224)]),
    ("004_MyNet_scaled32", lambda: my_net_scaled(30), [(1, 3, 32, 32), (2, 3, 32, 32)]),
    ("003_FCModel", FCModel, [(1, 1, 28, 28), (8, 1, 28, 28)]),
    ("003_Sequential_varargs", lambda: nn.Sequential(nn.Flatten(), nn.Linear(784, 300), nn.ReLU()),
     [(1, 28, 28), (8, 28, 28)]),
    ("003_Sequential_add_module", sequential_add_module, [(1, 28, 28), (8, 28, 28)]),
    ("003_Sequential_OrderedDict", lambda: chain(("flatten", nn.Flatten()), ("linear1", nn.Linear(784, 300))),
     [(1, 28, 28), (8, 28, 28)]),
    ("003_RestNetBasicBlock", lambda: RestNetBasicBlock(64, 64, 1), [(1, 64, 9, 11), (2, 64, 9, 11)]),
    ("003_RestNetDownBlock", lambda: RestNetDownBlock(64, 128, [2, 1]), [(1, 64, 9, 11), (2, 64, 9, 11)]),
]

# name, constructor (evaluated, and written to index.tsv because print(layer) hides some arguments)
REFERENCE_LAYERS = [
    ("AdaptiveAvgPool2d_1", "nn.AdaptiveAvgPool2d((1, 1))"),
    ("AvgPool2d_2", "nn.AvgPool2d(2)"),
    ("AvgPool2d_opts_nopadcount", "nn.AvgPool2d(3, stride=2, padding=1, ceil_mode=True, count_include_pad=False)"),
    ("AvgPool2d_opts_padcount", "nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=True)"),
    ("BatchNorm1d", "nn.BatchNorm1d(6)"),
    ("BatchNorm2d", "nn.BatchNorm2d(6)"),
    ("Conv2d_1_3_3", "nn.Conv2d(1, 3, 3)"),
    ("Conv2d_depthwise", "nn.Conv2d(8, 8, 3, padding=1, groups=8)"),
    ("Conv2d_full_options",
     "nn.Conv2d(4, 6, (3, 5), stride=(2, 1), padding=(1, 2), dilation=(2, 1), groups=2, bias=False)"),
    ("Dropout_eval", "nn.Dropout(0.2)"),
    ("Flatten", "nn.Flatten()"),
    ("Identity", "nn.Identity()"),
    ("LeakyReLU_0.1", "nn.LeakyReLU(0.1)"),
    ("LeakyReLU_default", "nn.LeakyReLU()"),
    ("Linear_20_30", "nn.Linear(20, 30)"),
    ("Linear_20_30_rank3", "nn.Linear(20, 30)"),
    ("MaxPool2d_2", "nn.MaxPool2d(2)"),
    ("MaxPool2d_opts", "nn.MaxPool2d(3, stride=2, padding=1, dilation=2, ceil_mode=True)"),
    ("PReLU", "nn.PReLU()"),
    ("ReLU", "nn.ReLU()"),
    ("SiLU", "nn.SiLU()"),
    ("Sigmoid", "nn.Sigmoid()"),
    ("Softmax_dim1", "nn.Softmax(dim=1)"),
    ("Tanh", "nn.Tanh()"),
]

# name, constructor, shapes, factor on inputs of [-2,2] by formula; weights by formula
MORE_LAYERS = [
    ("AdaptiveAvgPool2d_3_2", "nn.AdaptiveAvgPool2d((3, 2))", [(1, 2, 7, 5), (2, 2, 7, 5)], 1),
    ("AdaptiveAvgPool2d_2", "nn.AdaptiveAvgPool2d(2)", [(1, 2, 8, 6), (2, 2, 8, 6)], 1),
    ("PReLU_3", "nn.PReLU(num_parameters=3)", [(1, 3, 5), (2, 3, 5)], 1),
    ("Softmax_dim0", "nn.Softmax(dim=0)", [(1, 4), (5, 4)], 1),
    ("Softmax_dim_neg1", "nn.Softmax(dim=-1)", [(1, 3, 4), (2, 3, 4)], 1),
    ("Softmax_large", "nn.Softmax(dim=1)", [(1, 6), (3, 6)], 100),
    ("BatchNorm1d_rank3", "nn.BatchNorm1d(6)", [(1, 6, 7), (3, 6, 7)], 1),
    ("BatchNorm2d_not_affine", "nn.BatchNorm2d(3, eps=0.001, affine=False)", [(1, 3, 4, 5), (2, 3, 4, 5)], 1),
    ("Linear_no_bias", "nn.Linear(20, 30, bias=False)", [(1, 20), (4, 20)], 1),
    ("Linear_rank1", "nn.Linear(20, 30)", [(20,)], 1),
    ("Flatten_start0", "nn.Flatten(start_dim=0)", [(1, 3, 4), (2, 3, 4)], 1),
    ("Flatten_1_2", "nn.Flatten(start_dim=1, end_dim=2)", [(1, 3, 4, 2, 2), (2, 3, 4, 2, 2)], 1),
    ("Conv2d_rect", "nn.Conv2d(2, 3, (3, 5), stride=(2, 1), padding=(1, 2))", [(1, 2, 9, 8), (2, 2, 9, 8)], 1),
    ("MaxPool2d_stride_default", "nn.MaxPool2d((3, 2))", [(1, 2, 10, 7), (2, 2, 10, 7)], 1),
    ("LeakyReLU_negative", "nn.LeakyReLU(-0.3)", [(4,), (9,)], 1),
    ("LeakyReLU_steep", "nn.LeakyReLU(1.5)", [(4,), (9,)], 1),
]


# ---------------------------------------------------------------- reading and writing

class Reference:
    def __init__(self, root):
        self.root = root

    def folder(self, kind, name):
        for k in (kind, "examples" if kind == "layers" else kind):
            p = os.path.join(self.root, k, name)
            if os.path.isdir(p):
                return p
        raise SystemExit("no reference folder for %s/%s under %s" % (kind, name, self.root))

    def weights(self, kind, name):
        d = self.folder(kind, name)
        if os.path.exists(os.path.join(d, "model.pth")):
            return torch.load(os.path.join(d, "model.pth"), map_location="cpu")
        p = os.path.join(d, "weights.npz")
        if not os.path.exists(p):
            return OrderedDict()
        with np.load(p) as z:
            return OrderedDict((k, torch.from_numpy(z[k])) for k in z.files)

    def array(self, kind, name, file):
        p = os.path.join(self.folder(kind, name), file)
        return np.load(p) if os.path.exists(p) else None


class Writer:
    def __init__(self, root):
        self.root = root

    def path(self, *parts):
        p = os.path.join(self.root, *parts)
        os.makedirs(os.path.dirname(p), exist_ok=True)
        return p

    def text(self, s, *parts):
        with open(self.path(*parts), "w", encoding="utf-8", newline="\n") as f:
            f.write(s)

    def npy(self, t, *parts):
        np.save(self.path(*parts), numpy_of(t))

    def npz(self, state, *parts):
        """np.savez_compressed with a constant date, so that the bytes do not change"""
        with zipfile.ZipFile(self.path(*parts), "w") as z:
            for key, t in state.items():
                b = io.BytesIO()
                np.lib.format.write_array(b, numpy_of(t), version=(1, 0), allow_pickle=False)
                info = zipfile.ZipInfo(key + ".npy", (1980, 1, 1, 0, 0, 0))
                info.external_attr = 0o644 << 16
                z.writestr(info, b.getvalue(), zipfile.ZIP_DEFLATED, 9)

    def description(self, model, *parts):
        params = dict(model.named_parameters())
        self.text(str(model) + "\n", *parts, "print.txt")
        self.text("".join("%s\t%s\n" % (k, type(m).__name__) for k, m in model.named_modules()), *parts, "modules.txt")
        self.text("".join("%s\t%s\t%s\t%s\n" % (k, list(t.shape), str(t.dtype).replace("torch.", ""),
                                                "param" if k in params else "buffer")
                          for k, t in model.state_dict().items()), *parts, "keys.txt")


def numpy_of(t):
    if not isinstance(t, torch.Tensor):
        return t
    return t.detach().clone(memory_format=torch.contiguous_format).numpy()


def outputs(model, x):
    with torch.no_grad():
        y = model(x.clone())
    return list(y) if isinstance(y, tuple) else [y]


def output_files(n, ys):
    return ["output_%d.npy" % n] if len(ys) == 1 else ["output_%d_output%d.npy" % (n, j) for j in range(len(ys))]


def shape_text(t):
    return "x".join(map(str, t.shape))


def figures(model, x, ys, sensitive):
    """size of the outputs, rounding error of float32 against float64, and how far other inputs move them (in std)"""
    flat = torch.cat([y.reshape(-1) for y in ys]).double()
    assert torch.isfinite(flat).all()
    exact = torch.cat([y.reshape(-1) for y in outputs(copy.deepcopy(model).double(), x.double())])
    r = dict(mean=flat.mean().item(), std=flat.std(unbiased=False).item(), absmax=flat.abs().max().item(),
             error=((flat - exact).abs().max() / exact.abs().max()).item())
    if sensitive:
        noise = torch.from_numpy(uniform("perturbation", tuple(x.shape), -1, 1))
        other = torch.from_numpy(uniform("another input", tuple(x.shape), -1, 1))
        for what, z in (("noise", x + 0.01 * noise), ("scaled", x * 1.01), ("other", other)):
            moved = torch.cat([y.reshape(-1) for y in outputs(model, z)]).double()
            r[what] = ((moved - flat).abs().mean() / flat.std()).item()
        r["zeros"] = (flat == 0).double().mean().item()
    return r


class Golden:
    def __init__(self, reference, writer):
        self.ref, self.out, self.index = reference, writer, []

    def entry(self, kind, name, constructor, weights, inputs, xs, fig):
        self.index.append("\t".join([kind + "/" + name, constructor, weights, inputs, " ".join(map(shape_text, xs)),
                                     "%.1e" % max(f["error"] for f in fig)]))

    def write(self, kind, name, model, xs, constructor="", weights="file", inputs="file", sensitive=False):
        self.out.description(model, kind, name)
        state = model.state_dict()
        if weights == "file" and state:
            self.out.npz(state, kind, name, "weights.npz")
        fig = []
        for n, x in enumerate(xs, 1):
            ys = outputs(model, x)
            fig.append(figures(model, x, ys, sensitive))
            if inputs == "file":
                self.out.npy(x, kind, name, "input_%d.npy" % n)
            for file, y in zip(output_files(n, ys), ys):
                self.out.npy(y, kind, name, file)
            self.compare(kind, name, n, x, ys)
            if sensitive:
                print("%-28s case %d " % (name, n) + " ".join("%s=%.3g" % kv for kv in fig[-1].items()))
        self.entry(kind, name, constructor, weights if state else "none", inputs, xs, fig)

    def compare(self, kind, name, n, x, ys):
        """where the reference has this very input, its output must be ours"""
        if not any(name == m[0] for m in SMALL_MODELS + REFERENCE_LAYERS):
            return
        rx = self.ref.array(kind, name, "input_%d.npy" % n)
        if rx is None or rx.shape != tuple(x.shape) or not np.array_equal(rx, x.numpy()):
            return
        for file, y in zip(output_files(n, ys), ys):
            ry = self.ref.array(kind, name, file)
            if ry is not None:
                np.testing.assert_allclose(y.numpy(), ry, rtol=1e-5, atol=1e-6, err_msg=name + "/" + file)

    def small_models(self):
        for name, make, cases in SMALL_MODELS:
            model = make().eval()
            model.load_state_dict(self.ref.weights("models", name), strict=True)
            self.check_names(name, model)
            xs = []
            for n, case in enumerate(cases, 1):
                if case is REF:
                    xs.append(torch.from_numpy(self.ref.array("models", name, "input_%d.npy" % n)))
                else:
                    xs.append(formula_input(n, case, -2.0, 2.0))
                    self.check_full_size(name, model, n)
            self.write("models", name, model, xs)

    def check_names(self, name, model):
        p = os.path.join(self.ref.folder("models", name), "print.txt")
        with open(p, encoding="utf-8") as f:
            assert f.read() == str(model) + "\n", name

    def check_full_size(self, name, model, n):
        """a reference input that is too large to copy still checks the class"""
        rx = self.ref.array("models", name, "input_%d.npy" % n)
        if rx is not None:
            x = torch.from_numpy(rx)
            self.compare("models", name, n, x, outputs(model, x))

    def formula_models(self):
        for name, make, shapes in FORMULA_MODELS:
            model = formula_weights(make().eval())
            xs = [formula_input(n, s) for n, s in enumerate(shapes, 1)]
            big = shapes[0][-1] == 224
            self.write("models", name, model, xs, weights="formula", inputs="formula" if big else "file",
                       sensitive=True)

    def layers(self):
        for name, constructor in REFERENCE_LAYERS:
            model = eval(constructor).eval()
            model.load_state_dict(self.ref.weights("layers", name), strict=True)
            xs = [torch.from_numpy(self.ref.array("layers", name, "input_%d.npy" % n)) for n in (1, 2)]
            self.write("layers", name, model, xs, constructor)
        for name, constructor, shapes, factor in MORE_LAYERS:
            model = formula_weights(eval(constructor).eval())
            if name == "PReLU_3":
                model.weight.data.copy_(torch.tensor([0.1, 0.25, -0.5]))
            xs = [formula_input(n, s, -2.0, 2.0) * factor for n, s in enumerate(shapes, 1)]
            self.write("layers", name, model, xs, constructor)
        self.batch_norm_train()

    def batch_norm_train(self):
        name, constructor = "BatchNorm2d_train", "nn.BatchNorm2d(3)"
        model = formula_weights(eval(constructor)).train()
        self.out.description(model, "layers", name)
        self.out.npz(model.state_dict(), "layers", name, "weights.npz")
        x = formula_input(1, (4, 3, 5, 6), -2.0, 2.0)
        exact = copy.deepcopy(model).double()
        ys = outputs(model, x)
        self.out.npy(x, "layers", name, "input_1.npy")
        self.out.npy(ys[0], "layers", name, "output_1.npy")
        for k in ("running_mean", "running_var", "num_batches_tracked"):
            self.out.npy(model.state_dict()[k], "layers", name, "after_%s.npy" % k)
        e = outputs(exact, x.double())[0]
        self.entry("layers", name, constructor + ".train()", "file", "file", [x],
                   [dict(error=((ys[0] - e).abs().max() / e.abs().max()).item())])

    def initialisers(self):
        torch.manual_seed(42)
        made = [("Linear_20_30", nn.Linear(20, 30)), ("Conv2d_3_8_3", nn.Conv2d(3, 8, 3)), ("PReLU", nn.PReLU()),
                ("BatchNorm2d_4", nn.BatchNorm2d(4)), ("Linear_7_5_no_bias", nn.Linear(7, 5, bias=False))]
        for name, layer in made:
            for key, t in layer.state_dict().items():
                self.out.npy(t, "init", "%s.%s.npy" % (name, key))
        check_initialisers(dict(made))
        for seed in (0, 1, 123456789012):
            torch.manual_seed(seed)
            r = torch.rand(20)
            self.out.npy(r, "init", "rand_seed_%d.npy" % seed)
            raw = Mt19937(seed).draw(2000)
            self.out.npy(raw[:20].astype(np.int64), "init", "mt19937_seed_%d.npy" % seed)
            check_generator(seed, raw)

    def formula_table(self):
        rows = []
        for key, shape in [("conv1.weight", (64, 3, 7, 7)), ("layer1.0.conv1.weight", (64, 64, 3, 3)),
                           ("fc.bias", (1000,)), ("bn1.weight", (64,)), ("bn1.running_mean", (64,)),
                           ("bn1.running_var", (64,)), ("input_1", (1, 3, 224, 224)), ("scale", (5,))]:
            lo, hi = (-1.0, 1.0) if key.startswith("input") else bounds(key, shape)
            a = uniform(key, shape, lo, hi).reshape(-1)
            for i in sorted({0, 1, 4, a.size - 1}):
                rows.append("%s\t%s\t%016x\t%d\t%08x\t%r" % (key, "x".join(map(str, shape)), fnv1a64(key), i,
                                                             int(a[i:i + 1].view(np.uint32)[0]), float(a[i])))
        self.out.text("# key\tdims\tfnv1a64\tflat index\tbits of the float\tits value\n" + "\n".join(rows) + "\n",
                      "formula.tsv")

    def write_index(self):
        head = "# folder\tconstructor\tweights\tinputs\tinput dims\tlargest float32 error / largest output"
        self.out.text("\n".join([head] + self.index) + "\n", "index.tsv")


# ---------------------------------------------------------------- PyTorch's generator, checked against PyTorch

class Mt19937:
    """mt19937 as ATen seeds it: the low 32 bits of the seed, 1812433253"""

    def __init__(self, seed):
        s = [seed & 0xFFFFFFFF]
        for i in range(1, 624):
            s.append((1812433253 * (s[-1] ^ (s[-1] >> 30)) + i) & 0xFFFFFFFF)
        self.state, self.next = s, 624

    def draw(self, count):
        return np.array([self.one() for _ in range(count)], dtype=np.uint32)

    def one(self):
        s = self.state
        if self.next == 624:
            for i in range(624):
                y = (s[i] & 0x80000000) | (s[(i + 1) % 624] & 0x7FFFFFFF)
                s[i] = s[(i + 397) % 624] ^ (y >> 1) ^ (0x9908B0DF if y & 1 else 0)
            self.next = 0
        y = s[self.next]
        self.next += 1
        y ^= y >> 11
        y ^= (y << 7) & 0x9D2C5680
        y ^= (y << 15) & 0xEFC60000
        return y ^ (y >> 18)

    def uniform(self, count, lo, hi):
        """uniform_(lo, hi) of a float32 tensor: fma(x, hi - lo, lo) in float32, emulated here in float64

        ATen's source says x * (hi - lo) + lo; its AVX2 and AVX512 kernels are compiled with -mfma and so round once.
        """
        lo, hi = np.float32(lo), np.float32(hi)
        x = (self.draw(count) & np.uint32(0xFFFFFF)).astype(np.float64) * 2.0 ** -24
        return (x * np.float64(hi - lo) + np.float64(lo)).astype(np.float32)


def check_generator(seed, raw):
    torch.manual_seed(seed)
    assert np.array_equal(torch.rand(2000).numpy(), Mt19937(seed).uniform(2000, 0, 1))
    torch.manual_seed(seed)
    assert np.array_equal(torch.empty(2000).uniform_(-0.3, 0.7).numpy(), Mt19937(seed).uniform(2000, -0.3, 0.7))
    torch.manual_seed(seed)
    ints = torch.empty(2000, dtype=torch.int32).random_().numpy()
    assert np.array_equal(ints, (raw & np.uint32(0x7FFFFFFF)).astype(np.int32))


def check_initialisers(made):
    """the layers drew, in order: weight, bias; PReLU and BatchNorm2d draw nothing"""
    g = Mt19937(42)
    for name in ("Linear_20_30", "Conv2d_3_8_3", "Linear_7_5_no_bias"):
        w, b = made[name].weight.detach().numpy(), made[name].bias
        fan_in = math.prod(w.shape[1:])
        # kaiming_uniform_(a=sqrt(5)): gain sqrt(2 / (1 + 5)), bound sqrt(3) * gain / sqrt(fan_in)
        bound = math.sqrt(3.0) * (math.sqrt(2.0 / (1 + math.sqrt(5) ** 2)) / math.sqrt(fan_in))
        assert np.array_equal(w.reshape(-1), g.uniform(w.size, -bound, bound)), name
        if b is not None:
            bound = 1 / math.sqrt(fan_in)
            assert np.array_equal(b.detach().numpy(), g.uniform(b.numel(), -bound, bound)), name


# ---------------------------------------------------------------- the command

def generate(reference, out):
    g = Golden(Reference(reference), Writer(out))
    g.small_models()
    g.formula_models()
    g.layers()
    g.initialisers()
    g.formula_table()
    g.write_index()


def report_changes(golden, made):
    changed = []
    for folder, _, files in os.walk(made):
        for f in files:
            rel = os.path.relpath(os.path.join(folder, f), made)
            if not os.path.exists(os.path.join(golden, rel)) \
                    or not filecmp.cmp(os.path.join(made, rel), os.path.join(golden, rel), shallow=False):
                changed.append(rel)
    for folder, _, files in os.walk(golden):
        for f in files:
            rel = os.path.relpath(os.path.join(folder, f), golden)
            if not os.path.exists(os.path.join(made, rel)) and rel != "README.md":
                changed.append(rel + " (not made by the script)")
    print("\n".join(sorted(changed)) or "no change")
    return bool(changed)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    golden = os.path.normpath(os.path.join(here, "..", "resources", "golden"))
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--reference", default=golden)
    p.add_argument("--out", default=golden)
    p.add_argument("--check", action="store_true")
    a = p.parse_args()
    torch.set_num_threads(1)
    np.seterr(over="ignore")
    if "NO AVX" in torch.__config__.show() or "usage: DEFAULT" in torch.__config__.show():
        raise SystemExit("needs AVX2: without it PyTorch's uniform_ rounds differently, see golden/README.md")
    print("torch", torch.__version__, "torchvision", torchvision.__version__, "numpy", np.__version__)
    # made elsewhere first: the reference may be the golden folder itself
    made = tempfile.mkdtemp()
    try:
        generate(a.reference, made)
        if a.check:
            return report_changes(golden, made)
        shutil.copytree(made, a.out, dirs_exist_ok=True)
    finally:
        shutil.rmtree(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
