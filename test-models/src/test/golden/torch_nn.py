#!/usr/bin/python3
"""Makes the golden cases of layers and functions with real PyTorch, one theme at a time.

    /usr/bin/python3 test-models/src/test/golden/torch_nn.py [--check] [THEME ...]

A theme is a file of the folder themes: a list CASES of (name, make, inputs). `make` is called without arguments and gives
a module or a function of tensors; `inputs` is a list of tensors, best made with x() and ints() below. A case becomes two
files of src/test/resources/golden/nn/THEME: NAME.npz (weight:KEY, input_K, output_K, counted from 0) and, for modules,
NAME.txt (what PyTorch prints). Weights are those of generate.py's formula, except where make() returns (module, "own").

Needs Debian's python3-torch (made with torch 1.13.0a0). Running it again gives the same bytes. --check writes nothing and
reports which files would change.
"""
import argparse
import importlib.util
import os
import sys

import numpy as np
import torch
import torch.nn as nn

import generate

HERE = os.path.dirname(os.path.abspath(__file__))
GOLDEN = os.path.normpath(os.path.join(HERE, "..", "resources", "golden", "nn"))


class Inputs:
    """numbers that depend on nothing but their place"""

    def __init__(self):
        self.count = 0

    def next(self, shape, lo, hi):
        self.count += 1
        return generate.formula_input(self.count % 1000, shape, lo, hi)


_inputs = Inputs()


def x(*shape, lo=-2.0, hi=2.0):
    """a float32 tensor, uniform in [lo, hi)"""
    return _inputs.next(shape, lo, hi)


def ints(*shape, lo=0, hi=10):
    """an int64 tensor, uniform in lo .. hi - 1"""
    return _inputs.next(shape, lo, hi).floor().long()


def flat(y):
    if y is None:
        return []
    if isinstance(y, torch.Tensor):
        return [y]
    return [t for part in y for t in flat(part)]


def case(name, make, inputs):
    """the arrays of a case and what its module prints, if it is one"""
    made = make()
    own = isinstance(made, tuple)
    module = made[0] if own else made
    arrays, text = {}, None
    if isinstance(module, nn.Module):
        module = module if own else generate.formula_weights(module)
        module.eval() if not own else None
        text = str(module) + "\n"
        arrays.update(("weight:" + k, v.detach().clone().numpy()) for k, v in module.state_dict().items())
    arrays.update(("input_%d" % i, t.numpy().copy()) for i, t in enumerate(inputs))
    with torch.no_grad():
        ys = flat(module(*inputs))
    arrays.update(("output_%d" % i, t.numpy()) for i, t in enumerate(ys))
    return arrays, text


def theme_cases(theme):
    global _inputs
    _inputs = Inputs()
    spec = importlib.util.spec_from_file_location(theme, os.path.join(HERE, "themes", theme + ".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.CASES


def write_theme(theme, out):
    made = set()
    for name, make, inputs in theme_cases(theme):
        assert name not in made, name
        made.add(name)
        arrays, text = case(name, make, inputs)
        writer = generate.Writer(out)
        writer.npz({k: torch.from_numpy(np.array(v)) for k, v in arrays.items()}, theme, name + ".npz")
        if text is not None:
            writer.text(text, theme, name + ".txt")
    return made


def main():
    import shutil
    import tempfile
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("themes", nargs="*", metavar="THEME")
    p.add_argument("--check", action="store_true")
    a = p.parse_args()
    torch.set_num_threads(1)
    np.seterr(over="ignore")
    themes = a.themes or sorted(f[:-3] for f in os.listdir(os.path.join(HERE, "themes")) if f.endswith(".py"))
    changed = False
    for theme in themes:
        made = tempfile.mkdtemp()
        try:
            count = len(write_theme(theme, made))
            if a.check:
                changed |= generate.report_changes(os.path.join(GOLDEN, theme), os.path.join(made, theme))
            else:
                shutil.rmtree(os.path.join(GOLDEN, theme), ignore_errors=True)
                shutil.copytree(os.path.join(made, theme), os.path.join(GOLDEN, theme))
            print(theme, count, "cases")
        finally:
            shutil.rmtree(made)
    return 1 if changed else 0


if __name__ == "__main__":
    sys.modules["torch_nn"] = sys.modules["__main__"]
    sys.exit(main())
