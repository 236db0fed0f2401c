"""Cases in float64 whose outputs are torch's or NumPy's: a model of one node and its data each.

Run with Python 3, torch, numpy and onnx: python3 generate.py. Writes NAME/model.onnx and
NAME/test_data_set_0 beside this file.
"""

import pathlib
import shutil

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, mapping, numpy_helper

HERE = pathlib.Path(__file__).parent
torch.manual_seed(8)
torch.set_default_dtype(torch.float64)
rand = torch.randn


def case(name, op, inputs, outputs, opset=17, constants=(), **attributes):
    """inputs and outputs: lists of arrays or None; constants: indices of inputs kept in the model."""
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "test_data_set_0").mkdir(parents=True)
    arrays = [None if x is None else np.asarray(x) for x in inputs]
    results = [None if y is None else np.asarray(y) for y in outputs]
    names = ["" if x is None else f"x{i}" for i, x in enumerate(arrays)]
    made = ["" if y is None else f"y{i}" for i, y in enumerate(results)]
    node = helper.make_node(op, names, made, **attributes)

    def info(label, array):
        return helper.make_tensor_value_info(
            label, mapping.NP_TYPE_TO_TENSOR_TYPE[array.dtype], array.shape
        )

    given = [i for i, x in enumerate(arrays) if x is not None and i not in constants]
    graph = helper.make_graph(
        [node],
        name,
        [info(names[i], arrays[i]) for i in given],
        [info(made[i], y) for i, y in enumerate(results) if y is not None],
        [numpy_helper.from_array(arrays[i], names[i]) for i in constants],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)])
    model.ir_version = 8
    onnx.save(model, folder / "model.onnx")
    for at, i in enumerate(given):
        save(folder, f"input_{at}", arrays[i])
    for at, y in enumerate(y for y in results if y is not None):
        save(folder, f"output_{at}", y)


def save(folder, name, array):
    (folder / "test_data_set_0" / f"{name}.pb").write_bytes(
        numpy_helper.from_array(array, name).SerializeToString()
    )


def narrow(x):
    return x.float()


def products():
    a, b = rand(2, 1, 3, 5), rand(4, 5, 2)
    case("matmul", "MatMul", [a, b], [a @ b])
    a, b, c = rand(5, 3), rand(4, 5), rand(4)
    case("gemm", "Gemm", [a, b, c], [0.5 * a.T @ b.T + 0.25 * c], alpha=0.5, beta=0.25, transA=1, transB=1)
    a, b, c = rand(2, 3, 4), rand(4, 5), rand(3)
    case("einsum", "Einsum", [a, b, c], [torch.einsum("bij,jk,i->kb", a, b, c)], equation="bij,jk,i->kb")
    a = rand(2, 4, 4)
    case("einsum_diagonal", "Einsum", [a], [torch.einsum("bii->bi", a)], equation="bii->bi")
    a = rand(3, 5, 5)
    case("det", "Det", [a], [torch.det(a)])


def convolutions():
    x, w, b = rand(2, 4, 9), rand(6, 2, 3), rand(6)
    y = F.conv1d(x, w, b, stride=2, padding=3, dilation=2, groups=2)
    case("conv1d", "Conv", [x, w, b], [y], strides=[2], pads=[3, 3], dilations=[2], group=2)
    x, w, b = rand(1, 3, 7, 6), rand(4, 3, 3, 2), rand(4)
    y = F.conv2d(F.pad(x, (0, 1, 2, 1)), w, b, stride=(1, 2), dilation=(2, 1))
    case("conv2d_asymmetric", "Conv", [x, w, b], [y], strides=[1, 2], pads=[2, 0, 1, 1], dilations=[2, 1])
    x, w = rand(1, 2, 5, 5), rand(3, 2, 2, 2)
    y = F.conv2d(x, w, padding="same")
    case("conv2d_same_upper", "Conv", [x, w], [y], auto_pad="SAME_UPPER")
    y = F.conv2d(F.pad(x, (1, 0, 1, 0)), w)
    case("conv2d_same_lower", "Conv", [x, w], [y], auto_pad="SAME_LOWER")
    x, w = rand(1, 2, 4, 4, 3), rand(2, 1, 2, 3, 2)
    case("conv3d_depthwise", "Conv", [x, w], [F.conv3d(x, w, groups=2)], group=2)
    x, w, b = rand(2, 4, 5, 3), rand(4, 3, 3, 2), rand(6)
    y = F.conv_transpose2d(x, w, b, stride=(2, 3), padding=(1, 0), output_padding=(1, 2), groups=2, dilation=(2, 1))
    case(
        "conv_transpose", "ConvTranspose", [x, w, b], [y],
        strides=[2, 3], pads=[1, 0, 1, 0], output_padding=[1, 2], group=2, dilations=[2, 1],
    )
    x, w = rand(1, 2, 4), rand(2, 1, 3)
    y = F.conv_transpose1d(x, w, stride=2)[..., 1:]
    case("conv_transpose_output_shape", "ConvTranspose", [x, w], [y], strides=[2], output_shape=[8])


def pools():
    x = rand(2, 3, 7, 8)
    y, i = F.max_pool2d(x, (3, 2), (2, 2), (1, 1), (1, 2), return_indices=True)
    plane = torch.arange(6).reshape(2, 3, 1, 1) * 56
    case("max_pool", "MaxPool", [x], [y, i + plane], kernel_shape=[3, 2], strides=[2, 2], pads=[1, 1, 1, 1], dilations=[1, 2])
    y = F.max_pool2d(x, 3, 2, ceil_mode=True)
    case("max_pool_ceil", "MaxPool", [x], [y], kernel_shape=[3, 3], strides=[2, 2], ceil_mode=1)
    y = F.avg_pool2d(x, 3, 2, 1, ceil_mode=True, count_include_pad=True)
    case("average_pool_ceil", "AveragePool", [x], [y], kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1], ceil_mode=1, count_include_pad=1)
    y = F.avg_pool2d(x, 3, 2, 1, count_include_pad=False)
    case("average_pool", "AveragePool", [x], [y], kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])
    case("global_average_pool", "GlobalAveragePool", [x], [x.mean((2, 3), keepdim=True)])
    y = F.lp_pool2d(x.abs(), 3, (2, 3), (2, 1))
    case("lp_pool", "LpPool", [x.abs()], [y], kernel_shape=[2, 3], strides=[2, 1], p=3)


def normalizations():
    x = rand(3, 4, 5) * 10
    case("softmax", "Softmax", [x], [F.softmax(x, 1)], axis=1)
    case("log_softmax", "LogSoftmax", [x], [F.log_softmax(x, -1)])
    w, b = rand(4, 5), rand(4, 5)
    eps = float(np.float32(1e-3))
    case("layer_normalization", "LayerNormalization", [x, w, b], [F.layer_norm(x, (4, 5), w, b, eps)], axis=1, epsilon=1e-3)
    w = rand(5)
    y = x * torch.rsqrt((x * x).mean(-1, keepdim=True) + eps) * w
    case("rms_normalization", "RMSNormalization", [x, w], [y], opset=23, epsilon=1e-3)
    x = rand(2, 6, 3, 4)
    w, b, m, v = rand(6), rand(6), rand(6), rand(6).abs()
    y = F.batch_norm(x, m, v, w, b, False, 0.1, eps)
    case("batch_normalization", "BatchNormalization", [x, w, b, m, v], [y], epsilon=1e-3)
    case("instance_normalization", "InstanceNormalization", [x, w, b], [F.instance_norm(x, weight=w, bias=b, eps=eps)], epsilon=1e-3)
    case("group_normalization", "GroupNormalization", [x, w, b], [F.group_norm(x, 3, w, b, eps)], opset=21, num_groups=3, epsilon=1e-3)
    y = F.local_response_norm(x, 3, 0.5, 0.75, 2.0)
    case("lrn", "LRN", [x], [y], size=3, alpha=0.5, beta=0.75, bias=2.0)
    case("lp_normalization", "LpNormalization", [x], [F.normalize(x, 1.0, 2)], axis=2, p=1)


def elementwise():
    x = torch.cat([torch.linspace(-9, 9, 61), torch.tensor([0.0, 1e-8, -1e-8, 26.0, -26.0])])
    third = float(np.float32(0.3))
    for name, y, attributes in [
        ("Erf", torch.erf(x), {}),
        ("Gelu", F.gelu(x), {}),
        ("Gelu_tanh", F.gelu(x, approximate="tanh"), {"approximate": "tanh"}),
        ("Sigmoid", torch.sigmoid(x), {}),
        ("Tanh", torch.tanh(x), {}),
        ("Softplus", F.softplus(x, threshold=100), {}),
        ("Mish", F.mish(x), {}),
        ("Elu", F.elu(x, third), {"alpha": 0.3}),
        ("Celu", F.celu(x, third), {"alpha": 0.3}),
        ("LeakyRelu", F.leaky_relu(x, third), {"alpha": 0.3}),
        ("HardSwish", F.hardswish(x), {}),
        ("Softsign", F.softsign(x), {}),
        ("Asinh", torch.asinh(x), {}),
        ("Sinh", torch.sinh(x), {}),
        ("Round", torch.round(x), {}),
        ("Exp", torch.exp(x), {}),
    ]:
        op = name.split("_")[0]
        case("unary_" + name.lower(), op, [x], [y], opset=20, **attributes)
    p = torch.linspace(1.0001, 50, 40)
    case("unary_acosh", "Acosh", [p], [torch.acosh(p)])
    case("unary_atanh", "Atanh", [1 / p], [torch.atanh(1 / p)])
    a, b = rand(3, 1, 4).abs(), rand(2, 1)
    case("pow", "Pow", [a, b], [a**b])
    a, b = rand(3, 4) * 5, rand(4)
    case("mod_fmod", "Mod", [a, b], [torch.fmod(a, b)], fmod=1)


def integers():
    a = np.array([-(2**31), 7, -7, -7, 2**31 - 1], np.int32)
    b = np.array([-1, -2, 2, -2, 3], np.int32)
    q = np.array([-(2**31), -3, -3, 3, (2**31 - 1) // 3], np.int32)
    case("div_least_by_minus_one", "Div", [a, b], [q])
    case("mod_of_divisor_sign", "Mod", [a, b], [np.mod(a, b)])
    case("mod_of_dividend_sign", "Mod", [a, b], [np.fmod(a, b)], fmod=1)
    case("add_wraps", "Add", [a, a], [a + a])
    p = np.array([2, 3, 2, 3, 5], np.int32)
    case("pow_of_integers", "Pow", [a, p], [np.power(a, p)])
    u, s = np.array([1, 128, 255, 16], np.uint8), np.array([3, 1, 4, 7], np.uint8)
    case("shift_left", "BitShift", [u, s], [u << s], direction="LEFT")
    case("shift_right", "BitShift", [u, s], [u >> s], direction="RIGHT")
    case("min_unsigned", "Min", [u, s], [np.minimum(u, s)])


def casts():
    x = np.array([1.0, -2.5, 65504, 65519.99, 65520, 1e-8, 2049, 2051, np.inf, -1e30])
    with np.errstate(over="ignore"):
        case("cast_float16", "Cast", [x], [x.astype(np.float16)], to=TensorProto.FLOAT16)
    x = np.array([2**24 + 1, 2**62 + 2**38 + 1, -(2**63), 7], np.int64)
    case("cast_int64_float32", "Cast", [x], [x.astype(np.float32)], to=TensorProto.FLOAT)
    x = np.array([300, -1, 127, 128], np.int32)
    case("cast_int32_int8", "Cast", [x], [x.astype(np.int8)], to=TensorProto.INT8)
    x = np.array([-1.9, 1.9, 0.0, 100.5])
    case("cast_to_integer", "Cast", [x], [x.astype(np.int32)], to=TensorProto.INT32)


def reductions():
    x = rand(3, 4, 5)
    for name, y in [
        ("Sum", x.sum((0, 2))), ("Mean", x.mean((0, 2))), ("L1", x.abs().sum((0, 2))),
        ("L2", x.norm(dim=(0, 2))), ("LogSumExp", x.logsumexp((0, 2))), ("SumSquare", (x * x).sum((0, 2))),
        ("Max", x.amax((0, 2))), ("Min", x.amin((0, 2))), ("Prod", x.prod(0).prod(1)),
    ]:
        axes = np.array([0, -1])
        case("reduce_" + name.lower(), "Reduce" + name, [x, axes], [y], opset=18, constants=[1], keepdims=0)
    i = np.array([[3, 1, 3], [2, 2, 0]], np.int32)
    case("argmax_first", "ArgMax", [i], [np.array([[0], [0]])], axis=1)
    case("argmax_last", "ArgMax", [i], [np.array([2, 1])], axis=1, keepdims=0, select_last_index=1)
    y = torch.flip(torch.cumsum(torch.flip(x, (1,)), 1), (1,)) - x
    case("cumsum", "CumSum", [x, np.array(1)], [y], constants=[1], exclusive=1, reverse=1)
    v, i = torch.topk(x, 3, 1, largest=False)
    case("topk", "TopK", [x, np.array([3])], [v, i], constants=[1], axis=1, largest=0)


def signals():
    x = rand(2, 12, 1)
    y = torch.view_as_real(torch.fft.fft(x[..., 0]))
    case("dft", "DFT", [x, None, np.array(1)], [y], opset=20, constants=[2])
    y = torch.view_as_real(torch.fft.rfft(x[..., 0], 9))
    case("dft_onesided_cut", "DFT", [x, np.array(9), np.array(1)], [y], opset=20, constants=[1, 2], onesided=1)
    x = rand(2, 10, 2)
    y = torch.view_as_real(torch.fft.ifft(torch.view_as_complex(x), 16))
    case("dft_inverse_longer", "DFT", [x, np.array(16), np.array(1)], [y], opset=20, constants=[1, 2], inverse=1)
    x, w = rand(2, 40, 1), torch.hann_window(16)
    y = torch.stft(x[..., 0], 16, 5, window=w, center=False, return_complex=True).transpose(1, 2)
    case("stft", "STFT", [x, np.array(5), w, np.array(16)], [torch.view_as_real(y)], constants=[1, 3])


def resizes():
    x = rand(1, 2, 5, 6)
    sizes = np.array([1, 2, 8, 3])
    for name, mode, corners, coordinates in [
        ("linear_half_pixel", "bilinear", False, "half_pixel"),
        ("linear_align_corners", "bilinear", True, "align_corners"),
        ("cubic_half_pixel", "bicubic", False, "half_pixel"),
        ("cubic_align_corners", "bicubic", True, "align_corners"),
    ]:
        y = F.interpolate(x, (8, 3), mode=mode, align_corners=corners)
        case(
            "resize_" + name, "Resize", [x, None, None, sizes], [y], opset=19, constants=[3],
            mode=name.split("_")[0], coordinate_transformation_mode=coordinates,
        )
    y = F.interpolate(x, (8, 3), mode="nearest")
    case(
        "resize_nearest", "Resize", [x, None, None, sizes], [y], opset=19, constants=[3],
        mode="nearest", coordinate_transformation_mode="asymmetric", nearest_mode="floor",
    )
    y = F.interpolate(x, (1, 1), mode="bilinear", align_corners=True)
    case(
        "resize_align_corners_to_one", "Resize", [x, None, None, np.array([1, 2, 1, 1])], [y], opset=19,
        constants=[3], mode="linear", coordinate_transformation_mode="align_corners",
    )


def recurrents():
    x, h0, c0 = rand(5, 2, 3), rand(2, 2, 4), rand(2, 2, 4)

    def stacked(layer, order, kind):
        """Torch's gates in ONNX's order, both directions."""
        parts = []
        for suffix in ("", "_reverse"):
            blocks = getattr(layer, f"{kind}_l0{suffix}").detach().chunk(len(order))
            parts.append(torch.cat([blocks[i] for i in order]))
        return torch.stack(parts)

    for name, layer, order in [
        ("lstm", torch.nn.LSTM(3, 4, bidirectional=True), [0, 3, 1, 2]),
        ("gru", torch.nn.GRU(3, 4, bidirectional=True), [1, 0, 2]),
        ("rnn", torch.nn.RNN(3, 4, bidirectional=True), [0]),
    ]:
        w, r = stacked(layer, order, "weight_ih"), stacked(layer, order, "weight_hh")
        b = torch.cat([stacked(layer, order, "bias_ih"), stacked(layer, order, "bias_hh")], 1)
        state = (h0, c0) if name == "lstm" else h0
        y, last = layer(x, state)
        y = y.detach().reshape(5, 2, 2, 4).transpose(1, 2)
        lasts = [t.detach() for t in (last if name == "lstm" else (last,))]
        inputs = [x, w, r, b, None, h0] + ([c0] if name == "lstm" else [])
        extra = {"linear_before_reset": 1} if name == "gru" else {}
        case(name, name.upper(), inputs, [y] + lasts, hidden_size=4, direction="bidirectional", **extra)


def attention():
    q, k, v = rand(2, 4, 3, 6), rand(2, 2, 5, 6), rand(2, 2, 5, 7)
    wide = k.repeat_interleave(2, 1), v.repeat_interleave(2, 1)
    mask = rand(3, 5)
    scale = float(np.float32(0.3))
    y = F.softmax(q @ wide[0].mT * scale + mask, -1) @ wide[1]
    case("attention_grouped", "Attention", [q, k, v, mask], [y], opset=23, scale=0.3)
    q, k, v = rand(2, 4, 12), rand(2, 4, 12), rand(2, 4, 12)
    heads = [t.reshape(2, 4, 3, 4).transpose(1, 2) for t in (q, k, v)]
    later = torch.full((4, 4), -torch.inf).triu(1)
    y = F.softmax(heads[0] @ heads[1].mT / 2 + later, -1) @ heads[2]
    y = y.transpose(1, 2).reshape(2, 4, 12)
    case("attention_causal", "Attention", [q, k, v], [y], opset=23, is_causal=1, q_num_heads=3, kv_num_heads=3)


def rotations():
    """The operator takes no float64: its inputs are float32 numbers, the sums are rounded once."""
    x = rand(2, 3, 4, 6).float().double()
    cosine, sine = rand(9, 2).float().double(), rand(9, 2).float().double()
    places = np.array([[3, 1, 0, 8], [2, 2, 5, 7]])
    turns = torch.complex(cosine, sine)[torch.as_tensor(places)][:, None]
    pairs = torch.view_as_complex(x[..., :4].reshape(2, 3, 4, 2, 2))
    y = torch.cat([torch.view_as_real(pairs * turns).flatten(-2), x[..., 4:]], -1)
    case("rotary_interleaved", "RotaryEmbedding", [*map(narrow, (x, cosine, sine)), places], [narrow(y)], opset=23, interleaved=1, rotary_embedding_dim=4)
    x = rand(2, 4, 12).float().double()
    cosine, sine = rand(2, 4, 2).float().double(), rand(2, 4, 2).float().double()
    turns = torch.complex(cosine, sine)[:, :, None]
    heads = x.reshape(2, 4, 3, 4)
    turned = torch.complex(heads[..., :2], heads[..., 2:]) * turns
    y = torch.cat([turned.real, turned.imag], -1).reshape(2, 4, 12)
    case("rotary_halves", "RotaryEmbedding", [*map(narrow, (x, cosine, sine))], [narrow(y)], opset=23, num_heads=3)


def losses():
    scores, target, weight = rand(3, 5, 4), torch.tensor([[0, 1, 2, 3], [4, 1, 1, 0], [2, 2, 1, 3]]), rand(5).abs()
    y = F.cross_entropy(scores, target, weight, ignore_index=1)
    case("cross_entropy_mean", "SoftmaxCrossEntropyLoss", [scores, target, weight], [y, F.log_softmax(scores, 1)], ignore_index=1)
    y = F.nll_loss(scores, target, weight, reduction="none")
    case("nll_none", "NegativeLogLikelihoodLoss", [scores, target, weight], [y], reduction="none")


def moves():
    x = rand(2, 3, 4)
    case("slice", "Slice", [x, np.array([-1, 0]), np.array([-9, 3]), np.array([2, 1]), np.array([-2, 2])],
         [x.numpy()[:, 0:3:2, ::-2].copy()], constants=[1, 2, 3, 4])
    i = np.array([[0, -1], [1, 1]])
    case("gather", "Gather", [x, i], [x.numpy()[:, i]], axis=1)
    for mode in ("reflect", "edge", "wrap"):
        y = np.pad(x.numpy(), ((0, 0), (1, 2), (3, 0)), mode)
        case("pad_" + mode, "Pad", [x, np.array([0, 1, 3, 0, 2, 0])], [y], opset=19, constants=[1], mode=mode)
    x = rand(1, 8, 2, 3)
    case("depth_to_space", "DepthToSpace", [x], [F.pixel_shuffle(x, 2)], blocksize=2, mode="CRD")


for family in (
    products, convolutions, pools, normalizations, elementwise, integers, casts, reductions,
    signals, resizes, recurrents, attention, moves, rotations, losses,
):
    family()
