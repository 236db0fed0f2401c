"""Writes the golden numbers beside it, from PyTorch 1.13 (Debian's python3-torch): python3 golden.py"""
import itertools, math, pathlib, random, struct
import torch
from torch import nn

HERE = pathlib.Path(__file__).parent


def write(name, lines):
    (HERE / name).write_text("".join(line + "\n" for line in lines))


def bits(value):
    return "%08x" % struct.unpack(">I", struct.pack(">f", value))[0]


def initial_weights():
    """layer;seed;parameter;size;bits of the first and last five elements;float64 sum"""
    layers = {
        "Linear(7, 5)": lambda: nn.Linear(7, 5),
        "Linear(784, 128)": lambda: nn.Linear(784, 128),
        "Conv2d(3, 64, 7)": lambda: nn.Conv2d(3, 64, 7),
        "Conv2d(8, 8, (3, 5), groups=4)": lambda: nn.Conv2d(8, 8, (3, 5), groups=4),
        "Conv1d(4, 6, 5)": lambda: nn.Conv1d(4, 6, 5),
        "Conv3d(2, 6, 3, groups=2)": lambda: nn.Conv3d(2, 6, 3, groups=2),
        "ConvTranspose1d(3, 7, 4)": lambda: nn.ConvTranspose1d(3, 7, 4),
        "ConvTranspose2d(6, 8, (3, 2), groups=2)": lambda: nn.ConvTranspose2d(6, 8, (3, 2), groups=2),
        "ConvTranspose3d(2, 5, 2)": lambda: nn.ConvTranspose3d(2, 5, 2),
    }
    for seed, (text, make) in itertools.product((0, 42, -1, 2**40 + 7), layers.items()):
        torch.manual_seed(seed)
        for name, parameter in make().named_parameters():
            flat = parameter.detach().flatten()
            ends = [bits(v) for v in flat[:5].tolist() + flat[-5:].tolist()]
            yield ";".join([text, str(seed), name, str(flat.numel()), " ".join(ends), repr(flat.double().sum().item())])


def sizes():
    """kind;size;kernel;stride;padding;dilation;ceil;output size"""
    for size, kernel, stride, dilation in itertools.product(range(1, 14), (1, 2, 3, 5), (1, 2, 3, 4), (1, 2)):
        for padding in range(kernel // 2 + 1):
            for kind, ceil in (("conv", 0), ("max", 0), ("max", 1), ("avg", 0), ("avg", 1)):
                x = torch.zeros(1, 1, size, size)
                try:
                    if kind == "conv":
                        y = nn.Conv2d(1, 1, kernel, stride, padding, dilation)(x)
                    elif kind == "max":
                        y = nn.MaxPool2d(kernel, stride, padding, dilation, ceil_mode=bool(ceil))(x)
                    elif dilation == 1:
                        y = nn.AvgPool2d(kernel, stride, padding, ceil_mode=bool(ceil))(x)
                    else:
                        continue
                except RuntimeError:
                    continue
                yield ";".join(map(str, (kind, size, kernel, stride, padding, dilation, ceil, y.shape[-1])))


def adaptive():
    """size;outputs;weights, row by row of [outputs, size]"""
    for size, outputs in ((5, 3), (7, 4), (10, 7), (3, 5), (6, 4)):
        y = nn.functional.adaptive_avg_pool1d(torch.eye(size).unsqueeze(0), outputs)[0]
        yield "%d;%d;%s" % (size, outputs, " ".join(bits(v) for v in y.T.flatten().tolist()))


def python_floats():
    """bits of a double;repr"""
    random.seed(1)
    values = [1e-5, 1e-4, 0.1, 0.01, 1.0, 0.0, -0.0, 1e15, 1e16, 1.5e16, 123456789012345680.0, 1e22, 5e-324,
              1.7976931348623157e308, -2.5e-7, 100.0, 2.0**53, 1 / 3, float("inf"), float("-inf"), float("nan")]
    values += [struct.unpack(">d", random.randbytes(8))[0] for _ in range(200)]
    values += [random.random() * 10 ** random.randint(-8, 20) for _ in range(200)]
    for value in values:
        yield "%s;%r" % (struct.pack(">d", value).hex(), value)


def masks():
    """p;seed;mask of dropout of 40 ones"""
    for p, seed in itertools.product((0.0, 0.2, 0.5, 0.9, 1.0), (1, 2)):
        torch.manual_seed(seed)
        y = nn.functional.dropout(torch.ones(40), p, True)
        yield "%r;%d;%s" % (p, seed, " ".join(bits(v) for v in y.tolist()))


def prints():
    for text in """
        nn.Linear(20, 30)
        nn.Linear(20, 30, bias=False)
        nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False)
        nn.Conv2d(1, 3, 3)
        nn.Conv2d(4, 6, (3, 5), stride=(2, 1), padding=(1, 2), dilation=(2, 1), groups=2)
        nn.BatchNorm1d(6)
        nn.BatchNorm2d(64, eps=0.001, momentum=0.25, affine=False, track_running_stats=False)
        nn.ReLU()
        nn.ReLU(inplace=True)
        nn.LeakyReLU()
        nn.LeakyReLU(0.2, inplace=True)
        nn.PReLU()
        nn.PReLU(8)
        nn.Sigmoid()
        nn.SiLU()
        nn.SiLU(inplace=True)
        nn.Tanh()
        nn.Softmax(dim=-1)
        nn.LogSoftmax(dim=1)
        nn.Dropout()
        nn.Dropout(0.2, inplace=True)
        nn.Flatten()
        nn.Flatten(0, 2)
        nn.Identity()
        nn.MaxPool2d(2)
        nn.MaxPool2d((2, 3), stride=(2, 1), padding=1, dilation=2, ceil_mode=True)
        nn.AvgPool2d(3, 2)
        nn.AvgPool2d((3, 2), padding=(1, 0), ceil_mode=True, count_include_pad=False)
        nn.AdaptiveAvgPool2d(7)
        nn.AdaptiveAvgPool2d((1, 1))
        nn.Sequential()
        nn.ModuleList()
        nn.ModuleDict()
        nn.ModuleList([nn.Sequential(nn.Linear(2, 3), nn.ReLU()), nn.Tanh(), nn.Sequential()])
        nn.ModuleDict({"b": nn.Identity(), "a": nn.Sequential(nn.ReLU())})
    """.strip().splitlines():
        yield "# " + text.strip()
        yield repr(eval(text.strip()))


def state_dicts():
    """model;keys"""
    for text in ("nn.Linear(2, 3)", "nn.Linear(2, 3, bias=False)", "nn.BatchNorm2d(3)", "nn.BatchNorm1d(3, affine=False)",
                 "nn.BatchNorm2d(3, track_running_stats=False)", "nn.PReLU(2)",
                 "nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU(), nn.Linear(2, 2))"):
        state = eval(text).state_dict()
        yield text + ";" + " ".join("%s:%s%s" % (k, str(v.dtype)[6:], str(list(v.shape)).replace(" ", "")) for k, v in state.items())


def batch_norms():
    """layer;shape;training;input;output;running_mean;running_var;num_batches_tracked (floats as bits)"""
    torch.manual_seed(5)
    cases = (("2d", (2, 3, 2, 2), True, {}), ("2d", (2, 3, 2, 2), True, dict(eps=0.01, momentum=0.3, affine=False)),
             ("2d", (2, 3, 1, 2), False, dict(track_running_stats=False)), ("1d", (4, 3), True, {}), ("1d", (2, 3, 5), True, {}),
             ("1d", (4, 3), True, dict(momentum=None)), ("3d", (2, 3, 2, 1, 2), True, {}))
    for kind, shape, training, options in cases:
        layer = getattr(nn, "BatchNorm" + kind)(3, **options)
        layer.train(training)
        if layer.weight is not None:
            layer.weight.data.copy_(torch.tensor([1.5, -0.5, 2.0]))
            layer.bias.data.copy_(torch.tensor([0.25, 0.0, -1.0]))
        x = torch.randn(shape)
        layer(x)
        y = layer(x)
        text = lambda t: "-" if t is None else " ".join(bits(v) for v in t.detach().flatten().tolist())
        yield ";".join([kind, " ".join(map(str, shape)), str(training), repr(options), text(x), text(y),
                        text(layer.running_mean), text(layer.running_var),
                        "-" if layer.running_mean is None else str(layer.num_batches_tracked.item())])


for maker, name in ((initial_weights, "initial_weights.csv"), (sizes, "sizes.csv"), (adaptive, "adaptive.csv"),
                    (python_floats, "python_floats.csv"), (masks, "masks.csv"), (prints, "prints.txt"),
                    (state_dicts, "state_dicts.csv"), (batch_norms, "batch_norms.csv")):
    write(name, list(maker()))
