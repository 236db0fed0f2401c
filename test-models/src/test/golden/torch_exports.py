"""Graphs as torch.onnx.export writes them, of architectures that people bring: run by hand, with
Debian's python3-torch, python3-torchvision and python3-onnx:

    python3 torch_exports.py ../resources/exports

Weights would be megabytes, so each large one becomes sin(0, 0.37, 0.74, ...) times a scale, which
the graph computes itself. Expected numbers are ONNX Runtime's, at test time.
"""

import io
import math
import sys
from pathlib import Path

import numpy
import onnx
import torch
import torchvision
from onnx import helper, numpy_helper
from torch import nn

LARGEST_KEPT = 64


def formula(name, array, nodes, initializers, position):
    """Nodes that compute an array of this shape with about the same deviation."""
    count = array.size
    scale = float(array.std()) or 0.05
    start = float(position % 7)
    parts = {
        "start": numpy.array(start, numpy.float32),
        "limit": numpy.array(start + count, numpy.float32),
        "one": numpy.array(1, numpy.float32),
        "step": numpy.array(0.37, numpy.float32),
        "scale": numpy.array(scale * math.sqrt(2), numpy.float32),
        "mean": numpy.array(float(array.mean()), numpy.float32),
        "shape": numpy.array(array.shape, numpy.int64),
    }
    for part, value in parts.items():
        initializers.append(numpy_helper.from_array(value, f"{name}.{part}"))
    chain = [
        ("Range", [f"{name}.start", f"{name}.limit", f"{name}.one"]),
        ("Mul", [None, f"{name}.step"]),
        ("Sin", [None]),
        ("Mul", [None, f"{name}.scale"]),
        ("Add", [None, f"{name}.mean"]),
        ("Reshape", [None, f"{name}.shape"]),
    ]
    last = None
    for i, (op, inputs) in enumerate(chain):
        output = name if i == len(chain) - 1 else f"{name}.{i}"
        nodes.append(helper.make_node(op, [last if x is None else x for x in inputs], [output]))
        last = output


def light(model):
    """The model with its large weights computed."""
    nodes, initializers = [], []
    for position, tensor in enumerate(model.graph.initializer):
        array = numpy_helper.to_array(tensor)
        if array.size <= LARGEST_KEPT or array.dtype != numpy.float32:
            initializers.append(tensor)
        elif (array >= 0).all() and not (array == array.flat[0]).all():  # a variance
            initializers.append(numpy_helper.from_array(array, tensor.name))
        else:
            formula(tensor.name, array, nodes, initializers, position)
    nodes.extend(model.graph.node)
    del model.graph.node[:]
    del model.graph.initializer[:]
    model.graph.node.extend(nodes)
    model.graph.initializer.extend(initializers)
    for node in model.graph.node:
        node.doc_string = ""
    return model


class Bert(nn.Module):
    def __init__(self, words=50, width=32, heads=4, layers=2):
        super().__init__()
        self.word = nn.Embedding(words, width)
        self.position = nn.Embedding(64, width)
        self.kind = nn.Embedding(2, width)
        self.norm = nn.LayerNorm(width)
        self.heads = heads
        self.layers = nn.ModuleList(
            nn.ModuleDict(
                {
                    "query": nn.Linear(width, width),
                    "key": nn.Linear(width, width),
                    "value": nn.Linear(width, width),
                    "out": nn.Linear(width, width),
                    "norm1": nn.LayerNorm(width),
                    "up": nn.Linear(width, 4 * width),
                    "down": nn.Linear(4 * width, width),
                    "norm2": nn.LayerNorm(width),
                }
            )
            for _ in range(layers)
        )
        self.pooler = nn.Linear(width, width)

    def forward(self, ids, mask, kinds):
        positions = torch.arange(ids.size(1), device=ids.device).unsqueeze(0)
        x = self.norm(self.word(ids) + self.position(positions) + self.kind(kinds))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * torch.finfo(x.dtype).min
        for layer in self.layers:
            shape = x.size()[:-1] + (self.heads, x.size(-1) // self.heads)
            q, k, v = (
                layer[n](x).view(shape).permute(0, 2, 1, 3) for n in ("query", "key", "value")
            )
            scores = q @ k.transpose(-1, -2) / math.sqrt(q.size(-1)) + bias
            context = (scores.softmax(-1) @ v).permute(0, 2, 1, 3).contiguous()
            context = context.view(context.size()[:-2] + (x.size(-1),))
            x = layer["norm1"](x + layer["out"](context))
            x = layer["norm2"](x + layer["down"](nn.functional.gelu(layer["up"](x))))
        return x, torch.tanh(self.pooler(x[:, 0]))


class Gpt(nn.Module):
    def __init__(self, words=50, width=32, heads=4, layers=2, longest=64):
        super().__init__()
        self.word = nn.Embedding(words, width)
        self.position = nn.Embedding(longest, width)
        self.heads = heads
        self.blocks = nn.ModuleList(
            nn.ModuleDict(
                {
                    "ln1": nn.LayerNorm(width),
                    "qkv": nn.Linear(width, 3 * width),
                    "out": nn.Linear(width, width),
                    "ln2": nn.LayerNorm(width),
                    "fc": nn.Linear(width, 4 * width),
                    "proj": nn.Linear(4 * width, width),
                }
            )
            for _ in range(layers)
        )
        self.norm = nn.LayerNorm(width)
        self.register_buffer("causal", torch.tril(torch.ones(longest, longest)).bool())

    def forward(self, ids):
        batch, length = ids.shape
        x = self.word(ids) + self.position(torch.arange(length))
        for block in self.blocks:
            q, k, v = block["qkv"](block["ln1"](x)).chunk(3, dim=-1)
            q, k, v = (
                t.view(batch, length, self.heads, -1).transpose(1, 2) for t in (q, k, v)
            )
            scores = torch.einsum("bhqd,bhkd->bhqk", q, k) / math.sqrt(q.size(-1))
            scores = scores.masked_fill(~self.causal[:length, :length], float("-inf"))
            y = (scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, -1)
            x = x + block["out"](y)
            h = block["fc"](block["ln2"](x))
            h = 0.5 * h * (1 + torch.tanh(math.sqrt(2 / math.pi) * (h + 0.044715 * h.pow(3))))
            x = x + block["proj"](h)
        return self.norm(x) @ self.word.weight.t()


class Lstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(50, 16)
        self.lstm = nn.LSTM(16, 24, num_layers=2, bidirectional=True, batch_first=True)
        self.gru = nn.GRU(48, 12, batch_first=True)
        self.fc = nn.Linear(12, 5)

    def forward(self, ids):
        x, (h, c) = self.lstm(self.embedding(ids))
        y, _ = self.gru(x)
        return self.fc(y), h, c


@torch.jit.script
def best(boxes, scores, most: int):
    if boxes.size(0) > most:
        top = torch.topk(scores, most)[1]
        boxes = boxes[top]
        scores = scores[top]
    else:
        boxes = boxes * 1.0
    return boxes, scores


class Detection(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)
        self.score = nn.Conv2d(8, 1, 1)
        self.box = nn.Conv2d(8, 4, 1)

    def forward(self, image):
        x = torch.relu(self.conv(image))
        scores = torch.sigmoid(self.score(x)).flatten()
        height, width = image.shape[2], image.shape[3]
        ys = torch.arange(height).float().view(-1, 1).expand(height, width).reshape(-1)
        xs = torch.arange(width).float().view(1, -1).expand(height, width).reshape(-1)
        size = self.box(x).permute(0, 2, 3, 1).reshape(-1, 4).abs() + 1
        boxes = torch.stack(
            [xs - size[:, 0], ys - size[:, 1], xs + size[:, 2], ys + size[:, 3]], dim=1
        )
        keep = torchvision.ops.nms(boxes, scores, 0.4)
        boxes, scores = best(boxes[keep], scores[keep], 10)
        sure = scores > 0.5
        return boxes, scores, boxes[sure], torch.nonzero(sure).squeeze(1)


class Corners(nn.Module):
    """What it gives is in TorchExportsTest, printed by PyTorch."""

    def forward(self, x):
        return nn.functional.interpolate(x, scale_factor=1.7, mode="bilinear", align_corners=True)


def export(folder, name, model, inputs, names, outputs, dynamic=None):
    torch.manual_seed(0)
    buffer = io.BytesIO()
    torch.onnx.export(
        model.eval(),
        inputs,
        buffer,
        opset_version=17,
        input_names=names,
        output_names=outputs,
        dynamic_axes=dynamic,
    )
    model = light(onnx.load_model_from_string(buffer.getvalue()))
    model.graph.name = name
    path = folder / f"{name}.onnx"
    onnx.save(model, path)
    print(name, path.stat().st_size, len(model.graph.node))


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    models = torchvision.models
    image = torch.randn(1, 3, 64, 64)
    batch = {"image": {0: "batch"}}
    vgg = models.vgg11_bn(weights=None)
    vgg.avgpool = nn.AdaptiveAvgPool2d((2, 2))
    vgg.classifier = nn.Sequential(
        nn.Linear(512 * 4, 16), nn.ReLU(True), nn.Dropout(), nn.Linear(16, 10)
    )
    for name, model, x in (
        ("resnet50", models.resnet50(weights=None, width_per_group=16), image),
        ("densenet", models.DenseNet(8, (2, 3, 3, 2), 16, num_classes=10), image),
        ("inception", models.Inception3(num_classes=10, aux_logits=False, init_weights=False), torch.randn(1, 3, 96, 96)),
        ("squeezenet", models.squeezenet1_1(weights=None, num_classes=10), image),
        ("vgg", vgg, image),
    ):
        export(folder, name, model, (x,), ["image"], ["logits"], {**batch, "logits": {0: "batch"}})
    ids = torch.randint(0, 50, (2, 7))
    text = {0: "batch", 1: "sequence"}
    export(
        folder,
        "bert",
        Bert(),
        (ids, torch.ones_like(ids), torch.zeros_like(ids)),
        ["ids", "mask", "kinds"],
        ["hidden", "pooled"],
        {"ids": text, "mask": text, "kinds": text, "hidden": text, "pooled": {0: "batch"}},
    )
    export(folder, "gpt", Gpt(), (ids,), ["ids"], ["logits"], {"ids": text, "logits": text})
    export(folder, "lstm", Lstm(), (ids,), ["ids"], ["logits", "h", "c"], {"ids": text})
    export(
        folder,
        "detection",
        Detection(),
        (torch.randn(1, 3, 12, 9),),
        ["image"],
        ["boxes", "scores", "sure_boxes", "sure_places"],
        {"image": {2: "height", 3: "width"}, "boxes": {0: "found"}, "scores": {0: "found"}, "sure_boxes": {0: "sure"}, "sure_places": {0: "sure"}},
    )
    corners = torch.tensor([[[[0.0, 1, 4, 9], [2, 0, 1, 5]]]])
    export(folder, "corners", Corners(), (corners,), ["x"], ["y"])
    export(folder, "corners_dynamic", Corners(), (corners,), ["x"], ["y"], {"x": {3: "width"}})


if __name__ == "__main__":
    main()
