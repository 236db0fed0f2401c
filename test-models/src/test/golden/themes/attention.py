"""Attention: outputs are the output and, where they are given, the weights.

scaled_dot_product_attention came with torch 2: its numbers come from its formula, computed by torch in float64. Padding
masks leave TransformerEncoder's nested tensors out, which put zeros at padded places.
"""
import math

import torch
import torch.nn as nn

from torch_nn import x



def called(module, names=(), **fixed):
    forward = module.forward
    positional = {nn.MultiheadAttention: 3}.get(type(module), 1)

    def call(*args):
        return forward(*args[:positional], **dict(zip(names, args[positional:])), **fixed)

    module.forward = call
    return module


def self_attention(module, names=(), **fixed):
    forward = module.forward
    module.forward = lambda v, *rest: forward(v, v, v, **dict(zip(names, rest)), **fixed)
    return module


def sdpa(mask=None, causal=False, scale=None):
    def f(q, k, v, m=None):
        q, k, v = q.double(), k.double(), v.double()
        scores = q @ k.transpose(-2, -1) * (1 / math.sqrt(q.size(-1)) if scale is None else scale)
        if causal:
            m = torch.ones(q.size(-2), k.size(-2), dtype=torch.bool).tril()
        if m is not None:
            scores = scores.masked_fill(~m, -math.inf) if m.dtype == torch.bool else scores + m
        return (torch.softmax(scores, -1) @ v).float()
    return f


MHA, Layer, Encoder = nn.MultiheadAttention, nn.TransformerEncoderLayer, nn.TransformerEncoder
ABOVE = torch.ones(3, 3, dtype=torch.bool).triu(1)
PAD = torch.tensor([[False, False, True], [False, False, False]])
PAIRS = torch.tensor([[True, False, True, True], [True, True, False, True], [False, True, True, True]])


def encoder(norm=None, **options):
    return Encoder(Layer(4, 2, 6, batch_first=True, **options), 2, norm, enable_nested_tensor=False)


CASES = [
    ("sdpa", lambda: sdpa(), [x(2, 3, 4), x(2, 5, 4), x(2, 5, 6)]),
    ("sdpa_causal", lambda: sdpa(causal=True), [x(2, 2, 3, 4), x(2, 2, 5, 4), x(2, 2, 5, 4)]),
    ("sdpa_scale", lambda: sdpa(scale=0.25), [x(3, 4), x(4, 4), x(4, 2)]),
    ("sdpa_float_mask", lambda: sdpa(), [x(2, 3, 4), x(2, 4, 4), x(2, 4, 4), x(3, 4)]),
    ("sdpa_bool_mask", lambda: sdpa(), [x(2, 3, 4), x(2, 4, 4), x(2, 4, 4), PAIRS]),
    ("MultiheadAttention", lambda: MHA(4, 2), [x(3, 2, 4), x(5, 2, 4), x(5, 2, 4)]),
    ("MultiheadAttention_self", lambda: self_attention(MHA(4, 1, batch_first=True)), [x(2, 3, 4)]),
    ("MultiheadAttention_unbatched", lambda: MHA(4, 4, bias=False), [x(3, 4), x(5, 4), x(5, 4)]),
    ("MultiheadAttention_dims", lambda: MHA(4, 2, dropout=0.1, kdim=3, vdim=5), [x(3, 2, 4), x(4, 2, 3), x(4, 2, 5)]),
    ("MultiheadAttention_bias_kv", lambda: called(MHA(4, 2, add_bias_kv=True, add_zero_attn=True), ("attn_mask",)),
     [x(3, 2, 4), x(3, 2, 4), x(3, 2, 4), ABOVE]),
    ("MultiheadAttention_heads", lambda: called(MHA(4, 2, batch_first=True), ("attn_mask",), average_attn_weights=False),
     [x(2, 3, 4), x(2, 5, 4), x(2, 5, 4), x(4, 3, 5)]),
    ("MultiheadAttention_padding", lambda: called(MHA(4, 2, batch_first=True), ("key_padding_mask", "attn_mask")),
     [x(2, 3, 4), x(2, 3, 4), x(2, 3, 4), PAD, ABOVE]),
    ("MultiheadAttention_no_weights", lambda: called(MHA(4, 2, batch_first=True), need_weights=False),
     [x(2, 3, 4), x(2, 3, 4), x(2, 3, 4)]),
    ("TransformerEncoderLayer", lambda: Layer(4, 2, dim_feedforward=6), [x(3, 2, 4)]),
    ("TransformerEncoderLayer_gelu",
     lambda: Layer(4, 2, 6, dropout=0.0, activation="gelu", layer_norm_eps=1e-3, batch_first=True, norm_first=True), [x(2, 3, 4)]),
    ("TransformerEncoderLayer_unbatched", lambda: Layer(4, 1, 6), [x(3, 4)]),
    ("TransformerEncoderLayer_mask", lambda: called(Layer(4, 2, 6), ("src_mask",)), [x(3, 2, 4), ABOVE]),
    ("TransformerEncoder", lambda: encoder(), [x(2, 3, 4)]),
    ("TransformerEncoder_norm", lambda: called(encoder(nn.LayerNorm(4), norm_first=True), ("mask", "src_key_padding_mask")),
     [x(2, 3, 4), ABOVE, PAD]),
]


def seeded(make):
    """a module with the weights that it draws itself"""
    torch.manual_seed(42)
    return make().eval(), "own"


CASES += [
    ("MultiheadAttention_initial", lambda: seeded(lambda: MHA(4, 2, add_bias_kv=True)), [x(2, 1, 4), x(2, 1, 4), x(2, 1, 4)]),
    ("MultiheadAttention_initial_dims", lambda: seeded(lambda: MHA(20, 2, add_bias_kv=True, kdim=3)),
     [x(2, 1, 20), x(2, 1, 3), x(2, 1, 20)]),
    ("TransformerEncoder_initial", lambda: seeded(lambda: encoder()), [x(2, 3, 4)]),
]
