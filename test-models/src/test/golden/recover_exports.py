"""Models as torch.onnx.export writes them at opset 17, once as it does by default, with constants
folded, and once with every layer kept: run by hand, with Debian's python3-torch,
python3-torchvision and python3-onnx:

    python3 recover_exports.py ../resources/recover

Beside each stands NAME.keys: PyTorch's own state_dict, names and shapes. Matrices and kernels would
be megabytes, so they are zeros here; the tests put numbers into them.
"""

import gzip
import io
import sys
import warnings
from pathlib import Path

import numpy
import onnx
import torch
import torch.nn.functional as F
import torchvision
from onnx import numpy_helper
from torch import nn

warnings.filterwarnings("ignore")
LARGEST_KEPT = 64


class SimpleCnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
        self.relu1 = nn.ReLU()
        self.pool1 = nn.MaxPool2d(2)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.relu2 = nn.ReLU()
        self.pool2 = nn.MaxPool2d(2)
        self.fc1 = nn.Linear(64 * 7 * 7, 128)
        self.relu3 = nn.ReLU()
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = self.pool1(self.relu1(self.conv1(x)))
        x = self.pool2(self.relu2(self.conv2(x)))
        x = x.view(x.size(0), -1)
        return self.fc2(self.relu3(self.fc1(x)))


class MyNet(nn.Module):
    """Blocks with names of their own."""

    def __init__(self):
        super().__init__()
        self.conv_block = nn.Sequential()
        self.conv_block.add_module("conv1", nn.Conv2d(3, 8, 3, padding=1))
        self.conv_block.add_module("relu1", nn.ReLU())
        self.conv_block.add_module("pool", nn.MaxPool2d(2))
        self.dense_block = nn.Sequential(nn.Linear(8 * 4 * 4, 16), nn.ReLU(), nn.Linear(16, 4))

    def forward(self, x):
        x = self.conv_block(x)
        return self.dense_block(x.view(x.size(0), -1))


class SelfAttention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.heads = heads
        self.size = width // heads

    def split(self, x):
        return x.view(x.size(0), x.size(1), self.heads, self.size).permute(0, 2, 1, 3)

    def forward(self, x, mask):
        q, k, v = self.split(self.query(x)), self.split(self.key(x)), self.split(self.value(x))
        scores = q @ k.transpose(-1, -2) / self.size**0.5 + mask
        context = (F.softmax(scores, dim=-1) @ v).permute(0, 2, 1, 3).contiguous()
        return context.view(context.size(0), context.size(1), -1)


class SelfOutput(nn.Module):
    def __init__(self, features, width):
        super().__init__()
        self.dense = nn.Linear(features, width)
        self.LayerNorm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x, residual):
        return self.LayerNorm(self.dropout(self.dense(x)) + residual)


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.self = SelfAttention(width, heads)
        self.output = SelfOutput(width, width)

    def forward(self, x, mask):
        return self.output(self.self(x, mask), x)


class Intermediate(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        self.dense = nn.Linear(width, hidden)

    def forward(self, x):
        return F.gelu(self.dense(x))


class BertLayer(nn.Module):
    def __init__(self, width, heads, hidden):
        super().__init__()
        self.attention = Attention(width, heads)
        self.intermediate = Intermediate(width, hidden)
        self.output = SelfOutput(hidden, width)

    def forward(self, x, mask):
        x = self.attention(x, mask)
        return self.output(self.intermediate(x), x)


class Encoder(nn.Module):
    def __init__(self, layers, width, heads, hidden):
        super().__init__()
        self.layer = nn.ModuleList(BertLayer(width, heads, hidden) for _ in range(layers))

    def forward(self, x, mask):
        for layer in self.layer:
            x = layer(x, mask)
        return x


class Embeddings(nn.Module):
    def __init__(self, words, positions, width):
        super().__init__()
        self.word_embeddings = nn.Embedding(words, width)
        self.position_embeddings = nn.Embedding(positions, width)
        self.token_type_embeddings = nn.Embedding(2, width)
        self.LayerNorm = nn.LayerNorm(width, eps=1e-12)
        self.register_buffer("position_ids", torch.arange(positions).expand((1, -1)))

    def forward(self, ids, kinds):
        positions = self.position_ids[:, : ids.size(1)]
        x = self.word_embeddings(ids) + self.token_type_embeddings(kinds)
        return self.LayerNorm(x + self.position_embeddings(positions))


class Pooler(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.dense = nn.Linear(width, width)
        self.activation = nn.Tanh()

    def forward(self, x):
        return self.activation(self.dense(x[:, 0]))


class Bert(nn.Module):
    def __init__(self, words=40, positions=64, width=16, heads=2, hidden=32, layers=3):
        super().__init__()
        self.embeddings = Embeddings(words, positions, width)
        self.encoder = Encoder(layers, width, heads, hidden)
        self.pooler = Pooler(width)

    def forward(self, ids, kinds, mask):
        bias = (1.0 - mask[:, None, None, :].float()) * -10000.0
        x = self.encoder(self.embeddings(ids, kinds), bias)
        return x, self.pooler(x)


class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(40, 8)
        self.lstm = nn.LSTM(8, 6, 2, batch_first=True, bidirectional=True)
        self.fc = nn.Linear(12, 5)

    def forward(self, tokens):
        return self.fc(self.lstm(self.embedding(tokens))[0])


class Up(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.up = nn.Upsample(scale_factor=2, mode="bilinear")
        self.conv = nn.Conv2d(2 * channels, channels, 3, padding=1)
        self.norm = nn.GroupNorm(2, channels)
        self.act = nn.SiLU()

    def forward(self, x, skip):
        return self.act(self.norm(self.conv(torch.cat([self.up(x), skip], 1))))


class Parts(nn.Module):
    """Layers of many kinds."""

    def __init__(self):
        super().__init__()
        norm = nn.InstanceNorm2d(8, affine=True)
        self.start = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), norm, nn.LeakyReLU(0.2))
        self.down = nn.Conv2d(8, 8, 2, 2)
        self.pool = nn.AvgPool2d(2)
        self.up1 = Up(8)
        self.up2 = Up(8)
        self.wide = nn.ConvTranspose2d(8, 4, 3, 2, 1, output_padding=1)
        self.gru = nn.GRU(32, 5)
        self.rnn = nn.RNN(5, 6, 2)

    def forward(self, x):
        a = self.start(x)
        b = self.down(a)
        x = self.up2(self.up1(self.pool(b), b), a)
        x = torch.sigmoid(self.wide(x)).mean(1)
        return self.rnn(self.gru(x)[0])[0]


def light(file):
    """The model with zeros for its large matrices."""
    model = onnx.load_model_from_string(file)
    for tensor in model.graph.initializer:
        array = numpy_helper.to_array(tensor)
        if array.ndim > 1 and array.size > LARGEST_KEPT and array.dtype == numpy.float32:
            tensor.CopyFrom(numpy_helper.from_array(numpy.zeros_like(array), tensor.name))
    return model.SerializeToString()


def export(folder, name, model, args, inputs, outputs, axes):
    model.eval()
    state = model.state_dict()
    lines = [f"{key} {list(value.shape)}\n" for key, value in state.items()]
    (folder / f"{name}.keys").write_text("".join(lines))
    ways = {
        "": {"do_constant_folding": True},
        "-unfused": {
            "do_constant_folding": False,
            "training": torch.onnx.TrainingMode.PRESERVE,
        },
    }
    for suffix, options in ways.items():
        file = io.BytesIO()
        torch.onnx.export(
            model,
            args,
            file,
            opset_version=17,
            input_names=inputs,
            output_names=outputs,
            dynamic_axes={value: axes for value in inputs + outputs},
            **options,
        )
        packed = gzip.compress(light(file.getvalue()), mtime=0)
        (folder / f"{name}{suffix}.onnx.gz").write_bytes(packed)


def main(folder):
    # The lint of Debian's build fails on graphs with constant scalars; it only checks.
    torch._C._jit_pass_lint = lambda *graph: None
    torch.manual_seed(0)
    batch, steps = {0: "batch"}, {0: "batch", 1: "seq"}
    image = torch.randn(2, 3, 64, 64)
    one = (["input"], ["output"])
    vision = torchvision.models
    export(folder, "resnet18", vision.resnet18(), image, *one, batch)
    export(folder, "mobilenet-v2", vision.mobilenet_v2(), image, *one, batch)
    export(folder, "simple-cnn", SimpleCnn(), torch.randn(2, 1, 28, 28), *one, batch)
    export(folder, "my-net", MyNet(), torch.randn(2, 3, 8, 8), *one, batch)
    ids = torch.randint(0, 40, (2, 7))
    export(
        folder,
        "bert",
        Bert(),
        (ids, torch.zeros_like(ids), torch.ones_like(ids)),
        ["ids", "kinds", "mask"],
        ["features", "pooled"],
        steps,
    )
    layer = nn.TransformerEncoderLayer(16, 2, 32, batch_first=True, activation="gelu")
    encoder = nn.TransformerEncoder(layer, 2)
    export(folder, "encoder", encoder, torch.randn(2, 5, 16), ["x"], ["y"], steps)
    export(folder, "parts", Parts(), torch.randn(2, 3, 16, 16), *one, batch)
    export(folder, "tagger", Tagger(), ids, ["tokens"], ["tags"], steps)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
