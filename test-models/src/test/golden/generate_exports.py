"""Graphs as torch.onnx.export writes them, to be written as Java classes: run by hand, with Debian's
python3-torch, python3-torchvision and python3-onnx:

    python3 generate_exports.py ../resources/generate

Large weights are computed by the graph, as torch_exports.py tells.
"""

import io
import sys
from pathlib import Path

import onnx
import torch
import torchvision
from torch import nn
from torch_exports import light


class SimpleCnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
        self.relu1 = nn.ReLU()
        self.pool1 = nn.MaxPool2d(2, 2)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.relu2 = nn.ReLU()
        self.pool2 = nn.MaxPool2d(2, 2)
        self.fc1 = nn.Linear(64 * 7 * 7, 128)
        self.relu3 = nn.ReLU()
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = self.pool1(self.relu1(self.conv1(x)))
        x = self.pool2(self.relu2(self.conv2(x)))
        x = x.view(x.size(0), -1)
        return self.fc2(self.relu3(self.fc1(x)))


class MyNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, 1, 1)
        self.relu1 = nn.ReLU()
        self.max_pooling1 = nn.MaxPool2d(2, 1)
        self.conv2 = nn.Conv2d(32, 32, 3, 1, 1)
        self.relu2 = nn.ReLU()
        self.max_pooling2 = nn.MaxPool2d(2, 1)
        self.dense1 = nn.Linear(32 * 30 * 30, 128)
        self.dense2 = nn.Linear(128, 10)

    def forward(self, x):
        x = self.max_pooling1(self.relu1(self.conv1(x)))
        x = self.max_pooling2(self.relu2(self.conv2(x)))
        return self.dense2(self.dense1(x.view(x.size(0), -1)))


class SelfAttention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)

    def split(self, x):
        return x.view(x.size(0), x.size(1), self.heads, -1).permute(0, 2, 1, 3)

    def forward(self, x, mask):
        query, key, value = (self.split(layer(x)) for layer in (self.query, self.key, self.value))
        scores = query @ key.transpose(-1, -2) / query.size(-1) ** 0.5 + mask
        context = (torch.softmax(scores, -1) @ value).permute(0, 2, 1, 3)
        return context.reshape(context.size(0), context.size(1), -1)


class BertLayer(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.attention = SelfAttention(width, heads)
        self.output = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width)
        self.intermediate = nn.Linear(width, 4 * width)
        self.act = nn.GELU()
        self.dense = nn.Linear(4 * width, width)
        self.norm2 = nn.LayerNorm(width)

    def forward(self, x, mask):
        x = self.norm1(x + self.output(self.attention(x, mask)))
        return self.norm2(x + self.dense(self.act(self.intermediate(x))))


class Bert(nn.Module):
    def __init__(self, width=64, layers=3):
        super().__init__()
        self.tokens = nn.Embedding(1000, width)
        self.positions = nn.Embedding(64, width)
        self.norm = nn.LayerNorm(width)
        self.layer = nn.ModuleList(BertLayer(width, 4) for _ in range(layers))
        self.pooler = nn.Linear(width, width)
        self.act = nn.Tanh()

    def forward(self, ids, mask):
        x = self.norm(self.tokens(ids) + self.positions(torch.arange(ids.size(1)))[None])
        bias = (1.0 - mask[:, None, None, :].float()) * -10000.0
        for layer in self.layer:
            x = layer(x, bias)
        return x, self.act(self.pooler(x[:, 0]))


class BertEncoder(nn.Module):
    def __init__(self, width=64, layers=2):
        super().__init__()
        self.tokens = nn.Embedding(1000, width)
        self.positions = nn.Embedding(32, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        layer = nn.TransformerEncoderLayer(width, 4, 4 * width, activation="gelu", batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, layers, enable_nested_tensor=False)

    def forward(self, x):
        return self.encoder(self.norm(self.tokens(x) + self.positions.weight))


def export(folder, name, model, inputs, names, outputs, dynamic=None, **more):
    buffer = io.BytesIO()
    torch.onnx.export(
        model.eval(),
        inputs,
        buffer,
        opset_version=17,
        input_names=names,
        output_names=outputs,
        dynamic_axes=dynamic,
        **more,
    )
    model = light(onnx.load_model_from_string(buffer.getvalue()))
    path = folder / f"{name}.onnx"
    onnx.save(model, path)
    print(name, path.stat().st_size, len(model.graph.node))


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    models = torchvision.models
    image = torch.randn(1, 3, 224, 224)
    batch = {"x": {0: "batch"}, "y": {0: "batch"}}
    whole = {"training": torch.onnx.TrainingMode.PRESERVE, "do_constant_folding": False}
    for name, model, x, more in (
        ("simple_cnn", SimpleCnn(), torch.randn(1, 1, 28, 28), {}),
        ("my_net", MyNet(), torch.randn(1, 3, 32, 32), {}),
        ("resnet18", models.resnet18(weights=None), image, {}),
        ("resnet18_norms", models.resnet18(weights=None), image, whole),
        ("mobilenet_v2", models.mobilenet_v2(weights=None), image, {}),
        ("bert_encoder", BertEncoder(), torch.randint(0, 1000, (1, 32)), {}),
    ):
        export(folder, name, model, (x,), ["x"], ["y"], batch, **more)
    export(folder, "my_net_fixed", MyNet(), (torch.randn(4, 3, 32, 32),), ["x"], ["y"])
    ids = torch.randint(0, 1000, (2, 16))
    text = {0: "batch", 1: "sequence"}
    export(
        folder,
        "bert",
        Bert(),
        (ids, torch.ones_like(ids)),
        ["ids", "mask"],
        ["hidden", "pooled"],
        {"ids": text, "mask": text, "hidden": text, "pooled": {0: "batch"}},
    )


main()
