"""State dicts between PyTorch and Sardonyx: `save FOLDER` writes them, `verify FOLDER` reads back what became of them."""

import collections
import os
import sys

import torch


def state_dict():
    torch.manual_seed(0)
    tied = torch.randn(7, 4)
    entries = {str(dtype)[6:]: torch.randn(3, 2).to(dtype) for dtype in (torch.float32, torch.float64, torch.float16, torch.bfloat16)}
    entries |= {str(dtype)[6:]: torch.arange(-3, 3).to(dtype) for dtype in (torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8)}
    entries |= {
        "bool": torch.tensor([True, False]),
        "complex64": torch.randn(2, dtype=torch.complex64),
        "scalar": torch.tensor(5),
        "empty": torch.zeros(0, 3),
        "special": torch.tensor([float("nan"), float("inf"), -0.0, 1e-45]),
        "emb.weight": tied,
        "head.weight": tied,
        "rows": tied[2:5],
        "transposed": tied.t(),
        "expanded": torch.ones(1).expand(3, 2),
        "\u5c42.weight": torch.ones(1),
    }
    entries |= {"net." + name: value for name, value in torch.nn.Sequential(torch.nn.Conv2d(3, 8, 3), torch.nn.BatchNorm2d(8)).state_dict().items()}
    return collections.OrderedDict(entries)


def bits(tensor):
    plain = tensor.detach().clone(memory_format=torch.contiguous_format)
    if plain.dim() == 0:
        plain = plain.reshape(1)
    return bytes(plain.view(torch.uint8).flatten().tolist()) if plain.numel() and plain.dtype != torch.bool else plain.tolist()


def verify(path, tied):
    found = torch.load(path, weights_only=True)
    expected = state_dict()
    assert isinstance(found, collections.OrderedDict) and list(found) == list(expected), list(found)
    for name, tensor in expected.items():
        assert found[name].dtype == tensor.dtype and found[name].shape == tensor.shape, name
        assert bits(found[name]) == bits(tensor), name
    shared = found["emb.weight"].data_ptr() == found["head.weight"].data_ptr()
    assert shared == tied, "tied weights"
    torch.nn.Sequential(torch.nn.Conv2d(3, 8, 3), torch.nn.BatchNorm2d(8)).load_state_dict({name[4:]: value for name, value in found.items() if name.startswith("net.")})
    print("%s: %d entries equal to the bit" % (os.path.basename(path), len(found)))


folder = sys.argv[2]
if sys.argv[1] == "save":
    torch.save(state_dict(), os.path.join(folder, "zip.pth"))
    torch.save(state_dict(), os.path.join(folder, "legacy.pth"), _use_new_zipfile_serialization=False)
else:
    verify(os.path.join(folder, "from-zip.pth"), tied=True)
    verify(os.path.join(folder, "from-legacy.pth"), tied=True)
    verify(os.path.join(folder, "from-safetensors.pth"), tied=False)
