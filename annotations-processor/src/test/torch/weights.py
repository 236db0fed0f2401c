"""Makes digits.safetensors of src/test/resources/weights, and resnet18.json of test-models' tests.

They hold what PyTorch calls the entries of two networks: names, types, shapes and order are those
of state_dict(), of PyTorch 1.13 and torchvision 0.14. Of resnet18 the header alone is kept (its
tensors take 47 MB); digits is a whole file. The layout is that of the safetensors README: the
header's length in eight bytes, little-endian, the header as JSON, the tensors one after the other.
"""

import json
import pathlib
import struct

import torch
import torchvision

TESTS = pathlib.Path("src", "test", "resources", "weights")
MODULE = pathlib.Path(__file__).resolve().parents[3]
TYPES = {torch.float32: "F32", torch.int64: "I64"}


def header(state):
    entries, end = {}, 0
    for name, tensor in state.items():
        begin, end = end, end + tensor.numel() * tensor.element_size()
        entries[name] = {
            "dtype": TYPES[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [begin, end],
        }
    return json.dumps(entries, separators=(",", ":"))


def whole(state):
    text = header(state).encode()
    data = b"".join(tensor.numpy().tobytes() for tensor in state.values())
    return struct.pack("<Q", len(text)) + text + data


class Digits(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(1, 4, 3, padding=1)
        self.bn = torch.nn.BatchNorm2d(4)
        self.blocks = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.ReLU(), torch.nn.Linear(3, 2))


torch.manual_seed(0)
(MODULE / TESTS / "digits.safetensors").write_bytes(whole(Digits().state_dict()))
resnet18 = header(torchvision.models.resnet18().state_dict())
(MODULE.parent / "test-models" / TESTS / "resnet18.json").write_text(resnet18)
