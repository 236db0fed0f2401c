"""Functions of one element, softmax, and what halves a dim."""
import torch.nn as nn
import torch.nn.functional as F

from torch_nn import x

W = lambda *shape: x(*shape, lo=-7, hi=7)  # wide enough for every bend

MODULES = {
    "ReLU": nn.ReLU(), "ReLU_inplace": nn.ReLU(inplace=True), "ReLU6": nn.ReLU6(), "ReLU6_inplace": nn.ReLU6(True),
    "LeakyReLU": nn.LeakyReLU(), "LeakyReLU_slope": nn.LeakyReLU(0.3), "LeakyReLU_inplace": nn.LeakyReLU(1, True),
    "ELU": nn.ELU(), "ELU_alpha": nn.ELU(0.7), "ELU_inplace": nn.ELU(2, inplace=True),
    "SELU": nn.SELU(), "SELU_inplace": nn.SELU(inplace=True),
    "CELU": nn.CELU(), "CELU_alpha": nn.CELU(1.7), "CELU_inplace": nn.CELU(2, True),
    "GELU": nn.GELU(), "GELU_tanh": nn.GELU(approximate="tanh"),
    "SiLU": nn.SiLU(), "SiLU_inplace": nn.SiLU(True), "Mish": nn.Mish(), "Mish_inplace": nn.Mish(inplace=True),
    "Hardswish": nn.Hardswish(), "Hardswish_inplace": nn.Hardswish(True),
    "Hardsigmoid": nn.Hardsigmoid(), "Hardsigmoid_inplace": nn.Hardsigmoid(True),
    "Hardtanh": nn.Hardtanh(), "Hardtanh_bounds": nn.Hardtanh(-2, 0.5), "Hardtanh_inplace": nn.Hardtanh(-3.0, 4.0, True),
    "Sigmoid": nn.Sigmoid(), "LogSigmoid": nn.LogSigmoid(), "Tanh": nn.Tanh(), "Tanhshrink": nn.Tanhshrink(),
    "Softplus": nn.Softplus(), "Softplus_beta": nn.Softplus(0.5), "Softplus_threshold": nn.Softplus(2, 3.0),
    "Softsign": nn.Softsign(),
    "Threshold": nn.Threshold(0.5, -2), "Threshold_inplace": nn.Threshold(0.1, 20.0, inplace=True),
    "Hardshrink": nn.Hardshrink(), "Hardshrink_lambd": nn.Hardshrink(1.5),
    "Softshrink": nn.Softshrink(), "Softshrink_lambd": nn.Softshrink(2),
    "Dropout_int": nn.Dropout(1),
}


def same(module):
    return lambda: module


CASES = [(name, same(module), [W(3, 7)]) for name, module in MODULES.items()] + [
    ("PReLU", lambda: nn.PReLU(), [W(2, 3)]),
    ("PReLU_channels", lambda: nn.PReLU(3, init=0.1), [W(2, 3, 4)]),
    ("Softmax_dim0", lambda: nn.Softmax(dim=0), [x(3, 4)]),
    ("Softmax_last", lambda: nn.Softmax(dim=-1), [x(3, 4, 5)]),
    ("Softmin_dim1", lambda: nn.Softmin(dim=1), [x(3, 4, 5)]),
    ("LogSoftmax_dim1", lambda: nn.LogSoftmax(dim=1), [x(3, 4, 5)]),
    ("GLU", lambda: nn.GLU(), [x(3, 6)]),
    ("GLU_dim1", lambda: nn.GLU(1), [x(3, 4, 5)]),
    ("functions", lambda: lambda t: [
        F.elu(t), F.gelu(t), F.softplus(t), F.elu(t, 0.5), F.hardtanh(t, -2, 3), F.threshold(t, 1, 0),
        F.leaky_relu(t), F.logsigmoid(t), F.softmin(t, 1)], [W(3, 7)]),
    ("functions_float64", lambda: lambda t: [
        F.relu(t), F.hardshrink(t), F.tanhshrink(t)],
     [W(3, 7).double()]),  # ONNX Runtime has no kernels of Elu, Softplus ... for float64, and fails on x * sigmoid(x)
]
