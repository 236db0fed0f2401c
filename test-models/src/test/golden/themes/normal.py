"""The generator's normal numbers: a few at a time, whole blocks of 16 and incomplete ones."""
import torch
import torch.nn as nn

from torch_nn import ints, x


def plus_draws(seed, mean, std, *sizes):
    def add(t):
        torch.manual_seed(seed)
        return t + torch.cat([torch.empty(n).normal_(mean, std) for n in sizes])
    return add


def seeded(make):
    torch.manual_seed(42)
    return make(), "own"


CASES = [
    ("few", lambda: plus_draws(7, 0, 1, 5, 3, 1, 15), [x(24)]),
    ("blocks", lambda: plus_draws(3, 0, 1, 16, 35, 3, 100, 2, 400), [x(556)]),
    ("mean_std", lambda: plus_draws(11, 0.5, 0.02, 7, 40), [x(47)]),
    ("Embedding_seed_42", lambda: seeded(lambda: nn.Embedding(7, 5, padding_idx=2)), [ints(3, hi=7)]),
]
