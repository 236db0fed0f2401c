"""Tensor methods that take, move and repeat elements."""
import torch

from torch_nn import ints, x

CASES = [
    ("get_ranges", lambda: lambda t: t[1:3, ..., ::2], [x(4, 3, 5)]),
    ("get_negative", lambda: lambda t: t[-3:-1, :, -1], [x(4, 3, 5)]),
    ("get_newaxis", lambda: lambda t: t[None, :, 1, None, 2:], [x(4, 3, 5)]),
    ("get_two_positions", lambda: lambda t: t[1, :, -2], [x(4, 3, 5)]),
    ("get_scalar", lambda: lambda t: t[1, 2], [x(4, 3)]),
    ("get_steps", lambda: lambda t: t[1:9:3, :100], [x(8, 2)]),
    ("get_int64", lambda: lambda t: t[..., 1:], [ints(3, 4)]),
    ("select", lambda: lambda t: t.select(-1, -2), [x(2, 3, 4)]),
    ("narrow", lambda: lambda t: t.narrow(1, 1, 2), [x(2, 4)]),
    ("index_select", lambda: lambda t, i: t.index_select(1, i), [x(2, 4, 3), ints(5, hi=4)]),
    ("gather_dim0", lambda: lambda t, i: t.gather(0, i), [x(3, 4), ints(2, 4, hi=3)]),
    ("gather_last", lambda: lambda t, i: t.gather(-1, i), [x(3, 2, 4), ints(3, 1, 6, hi=4)]),
    ("split_size", lambda: lambda t: t.split(3, dim=1), [x(2, 7)]),
    ("split_sizes", lambda: lambda t: t.split([1, 4, 2], dim=-1), [x(2, 7)]),
    ("chunk", lambda: lambda t: t.chunk(3, dim=0), [x(7, 2)]),
    ("chunk_fewer", lambda: lambda t: t.chunk(4, dim=0), [x(6, 2)]),
    ("unbind", lambda: lambda t: t.unbind(1), [x(2, 3)]),
    ("cat", lambda: lambda a, b: torch.cat([a, b, a], dim=-1), [x(2, 3), x(2, 1)]),
    ("stack_last", lambda: lambda a, b: torch.stack([a, b], dim=-1), [x(2, 3), x(2, 3)]),
    ("stack_first", lambda: lambda a, b: torch.stack([a, b]), [x(2, 3), x(2, 3)]),
    ("expand", lambda: lambda t: t.expand(4, -1, 5), [x(3, 1)]),
    ("expand_as", lambda: lambda a, b: a.expand_as(b), [x(3, 1), x(2, 3, 4)]),
    ("repeat", lambda: lambda t: t.repeat(2, 1, 3), [x(2, 3)]),
    ("tile", lambda: lambda t: t.tile(2), [x(2, 3)]),
    ("flip", lambda: lambda t: t.flip(0, -1), [x(3, 2, 4)]),
    ("roll", lambda: lambda t: t.roll(2, 1), [x(2, 5)]),
    ("roll_back", lambda: lambda t: t.roll(-6, 1), [x(2, 5)]),
    ("triu", lambda: lambda t: t.triu(1), [x(3, 4)]),
    ("tril", lambda: lambda t: t.tril(-1), [x(2, 4, 4)]),
    ("unflatten", lambda: lambda t: t.unflatten(1, (2, -1)), [x(3, 6, 2)]),
    ("movedim", lambda: lambda t: t.movedim(1, -1), [x(2, 3, 4)]),
    ("t", lambda: lambda t: t.t(), [x(2, 3)]),
]
