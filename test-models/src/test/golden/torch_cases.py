"""Small models as torch.onnx.export writes them, with PyTorch's outputs, in the layout of ONNX's
own test cases: run by hand, with Debian's python3-torch and python3-onnx:

    python3 torch_cases.py ../resources/torch
"""

import sys
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import nn


class Cnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 4, 3, padding=1, padding_mode="reflect", bias=False)
        self.norm = nn.BatchNorm2d(4)
        self.act = nn.PReLU(4)
        self.pool = nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True)
        self.fc = nn.Linear(4, 3)
        self.norm.running_mean.uniform_(-1, 1)
        self.norm.running_var.uniform_(0.5, 2)

    def forward(self, x):
        x = self.pool(self.act(self.norm(self.conv(x))))
        return nn.functional.log_softmax(self.fc(x.mean((2, 3))), 1)


class Loss(nn.Module):
    """Of logits over pixels; one target is ignored."""

    def __init__(self, reduction):
        super().__init__()
        weight = torch.tensor([0.5, 2.0, 1.0, 0.25])
        self.loss = nn.CrossEntropyLoss(weight, ignore_index=3, reduction=reduction)

    def forward(self, x, target):
        return self.loss(x, target)


class Encoder(nn.Module):
    """Post-norm attention of two heads with a mask of places that are padding."""

    def __init__(self):
        super().__init__()
        self.word = nn.Embedding(11, 8)
        self.qkv = nn.Linear(8, 24)
        self.out = nn.Linear(8, 8)
        self.norm = nn.LayerNorm(8)
        self.act = nn.GELU()

    def forward(self, ids):
        x = self.word(ids)
        shape = (ids.shape[0], ids.shape[1], 2, 4)
        q, k, v = (t.view(shape).transpose(1, 2) for t in self.qkv(x).chunk(3, -1))
        scores = (q @ k.transpose(-1, -2) / 2).masked_fill((ids == 0)[:, None, None], -1e9)
        y = (scores.softmax(-1) @ v).transpose(1, 2).reshape(x.shape)
        return self.norm(x + self.act(self.out(y)))


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(3, 4, bidirectional=True, batch_first=True)
        self.gru = nn.GRU(8, 2)

    def forward(self, x):
        y, (h, c) = self.lstm(x)
        return self.gru(y)[0], h, c


@torch.jit.script
def halve(x):
    rounds = 0
    while bool(x.abs().max() > 1.0):
        x = x / 2
        rounds += 1
    if rounds > 2:
        x = -x
    return x, torch.tensor(rounds)


class Control(nn.Module):
    def forward(self, x):
        return halve(x)


def write(folder, name, model, inputs, dynamic, **options):
    torch.manual_seed(sum(map(ord, name)))
    path = folder / name
    data = path / "test_data_set_0"
    data.mkdir(parents=True, exist_ok=True)
    model.eval()
    names = [f"input_{i}" for i in range(len(inputs))]
    with torch.no_grad():
        results = model(*inputs)
    if isinstance(results, torch.Tensor):
        results = (results,)
    file = path / "model.onnx"
    axes = {n: {0: "batch"} for n in names} if dynamic else None
    torch.onnx.export(
        model, inputs, str(file), opset_version=17, input_names=names, dynamic_axes=axes, **options
    )
    graph = onnx.load(str(file))
    for node in graph.graph.node:
        node.doc_string = ""
    onnx.save(graph, str(file))
    for kind, values in (("input", inputs), ("output", results)):
        for i, value in enumerate(values):
            tensor = numpy_helper.from_array(value.detach().numpy())
            (data / f"{kind}_{i}.pb").write_bytes(tensor.SerializeToString())
    print(name, file.stat().st_size)


def main():
    folder = Path(sys.argv[1])
    torch.manual_seed(1)
    image = torch.randn(3, 2, 7, 6)
    write(folder, "cnn", Cnn(), (image,), True)
    write(folder, "cnn_unfused", Cnn(), (image,), True, do_constant_folding=False,
          training=torch.onnx.TrainingMode.PRESERVE)
    pixels = torch.randn(2, 4, 3, 5) * 5
    target = torch.randint(0, 4, (2, 3, 5))
    for reduction in ("mean", "sum", "none"):
        write(folder, f"loss_{reduction}", Loss(reduction), (pixels, target), True)
    write(folder, "encoder", Encoder(), (torch.randint(0, 11, (2, 5)),), True)
    write(folder, "recurrent", Recurrent(), (torch.randn(2, 5, 3),), False)
    write(folder, "control", Control(), (torch.tensor([[3.0, -11.0], [0.5, 1.0]]),), False)


main()
