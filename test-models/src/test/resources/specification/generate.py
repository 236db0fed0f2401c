"""Writes one folder for each case: a model, its inputs and what must come out, by numpy."""

import os

import numpy as np
from onnx import TensorProto, ValueInfoProto, helper, numpy_helper

HERE = os.path.dirname(os.path.abspath(__file__))
RANDOM = np.random.default_rng(7)
NEWEST = 26


def normal(*shape, dtype=np.float32):
    return RANDOM.standard_normal(shape).astype(dtype)


def constant(name, values):
    return helper.make_node("Constant", [], [name], value=numpy_helper.from_array(np.array(values)))


def value(name, array, symbolic=False):
    code = helper.np_dtype_to_tensor_dtype(array.dtype) if hasattr(
        helper, "np_dtype_to_tensor_dtype") else numpy_helper.from_array(array).data_type
    dims = [f"{name}_{axis}" for axis in range(array.ndim)] if symbolic else array.shape
    return helper.make_tensor_value_info(name, code, dims)


def save(folder, name, array):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name + ".pb"), "wb") as file:
        file.write(numpy_helper.from_array(array).SerializeToString())


def case(name, nodes, inputs, outputs, opset=NEWEST, domains=(), symbolic=False):
    folder = os.path.join(HERE, name)
    os.makedirs(folder, exist_ok=True)
    graph = helper.make_graph(
        nodes, name, [value(k, v, symbolic) for k, v in inputs.items()],
        [value(k, v, symbolic) for k, v in outputs.items()])
    imports = [helper.make_opsetid("", opset)] + [helper.make_opsetid(d, 1) for d in domains]
    model = helper.make_model(graph, opset_imports=imports)
    model.ir_version = 10
    with open(os.path.join(folder, "model.onnx"), "wb") as file:
        file.write(model.SerializeToString())
    for i, array in enumerate(inputs.values()):
        save(os.path.join(folder, "test_data_set_0"), f"input_{i}", array)
    for i, array in enumerate(outputs.values()):
        save(os.path.join(folder, "test_data_set_0"), f"output_{i}", array)


def softmax(x):
    power = np.exp(x - x.max(-1, keepdims=True))
    return power / power.sum(-1, keepdims=True)


def body(nodes, output):
    """A graph of one input, s, and one output, of types that are not told."""
    def untyped(name):
        info = ValueInfoProto()
        info.name = name
        return info
    graph = helper.make_graph(nodes, "body", [], [])
    graph.input.append(untyped("s"))
    graph.output.append(untyped(output))
    return graph


def flex_attention(name, dtype, heads, key_heads, score=None, probability=None, **attributes):
    q, k, v = normal(2, heads, 4, 8, dtype=dtype), normal(2, key_heads, 6, 8, dtype=dtype), normal(
        2, key_heads, 6, 5, dtype=dtype)
    keys = np.repeat(k.astype(np.float64), heads // key_heads, 1)
    values = np.repeat(v.astype(np.float64), heads // key_heads, 1)
    scores = q.astype(np.float64) @ keys.swapaxes(2, 3) * attributes.get("scale", 8 ** -0.5)
    graphs = {}
    if score:
        graphs["score_mod"], function = score
        scores = function(scores)
    weights = softmax(scores)
    if probability:
        graphs["prob_mod"], function = probability
        weights = function(weights)
    node = helper.make_node("FlexAttention", ["q", "k", "v"], ["y"], domain="ai.onnx.preview",
                            **attributes, **graphs)
    case(name, [node], {"q": q, "k": k, "v": v}, {"y": (weights @ values).astype(dtype)},
         domains=["ai.onnx.preview"])


flex_attention("flex_attention", np.float32, 3, 3)
flex_attention("flex_attention_double_scaled", np.float64, 3, 3, scale=0.3)
flex_attention("flex_attention_grouped_heads", np.float32, 6, 2)
flex_attention(
    "flex_attention_with_graphs", np.float32, 3, 3,
    (body([constant("c", np.float32(0.5)), helper.make_node("Tanh", ["s"], ["t"]),
           helper.make_node("Mul", ["t", "c"], ["o"])], "o"), lambda s: np.tanh(s) * 0.5),
    (body([helper.make_node("Add", ["s", "s"], ["o"])], "o"), lambda p: p + p))


def tensor(name):
    """A value of a graph within a node."""
    return helper.make_tensor_value_info(name, TensorProto.INT64, None)


def split_where_it_fits():
    """Five elements make no four parts, which must not matter in a branch that is not taken."""
    sizes = np.array([1, 2, 3, 4, 5], np.int64)
    four, five = (helper.make_graph(
        [helper.make_node("Split", ["sizes"], [f"{i}_of_{n}" for i in range(n)], num_outputs=n)],
        f"parts_{n}", [], [tensor(f"{n - 1}_of_{n}")]) for n in (4, 5))
    nodes = [helper.make_node("Size", ["sizes"], ["n"]), constant("four", np.int64(4)),
             helper.make_node("Equal", ["n", "four"], ["is_four"]),
             helper.make_node("If", ["is_four"], ["y"], then_branch=four, else_branch=five)]
    case("split_in_a_branch_not_taken", nodes, {"sizes": sizes}, {"y": sizes[4:]}, opset=20)


split_where_it_fits()

half = [np.array(x, np.float16) for x in (0.5, 3.5, 0.75)]
case("range_half_by_double",
     [helper.make_node("Range", ["start", "limit", "delta"], ["y"], stash_type=TensorProto.DOUBLE)],
     {"start": half[0], "limit": half[1], "delta": half[2]},
     {"y": np.array([0.5, 1.25, 2, 2.75], np.float16)}, opset=27)

q, k, v, mask = normal(1, 2, 3, 8), normal(1, 2, 4, 8), normal(1, 2, 4, 8), normal(3, 4, dtype=np.float64)
case("attention_mask_of_another_type",
     [helper.make_node("Attention", ["q", "k", "v", "mask"], ["y"])],
     {"q": q, "k": k, "v": v, "mask": mask},
     {"y": (softmax(q @ k.swapaxes(2, 3) * 8 ** -0.5 + mask) @ v).astype(np.float32)}, opset=24)

x, scale, bias = normal(2, 6, 5), normal(3), normal(3)
groups = x.reshape(2, 3, 10).astype(np.float64)
unit = (groups - groups.mean(2, keepdims=True)) / np.sqrt(groups.var(2, keepdims=True) + 1e-5)
case("group_normalization_18_of_unknown_channels",
     [helper.make_node("GroupNormalization", ["x", "scale", "bias"], ["y"], num_groups=3)],
     {"x": x, "scale": scale, "bias": bias},
     {"y": (unit * scale[:, None] + bias[:, None]).reshape(2, 6, 5).astype(np.float32)},
     opset=18, symbolic=True)

x = normal(6) * 10
case("quantize_vector_by_one_scale_of_unknown_length",
     [helper.make_node("QuantizeLinear", ["x", "scale", "zero"], ["y"])],
     {"x": x, "scale": np.array([0.5], np.float32), "zero": np.array([7], np.uint8)},
     {"y": np.clip(np.rint(x / 0.5) + 7, 0, 255).astype(np.uint8)}, opset=21, symbolic=True)
