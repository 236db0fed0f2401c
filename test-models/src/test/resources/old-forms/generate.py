"""Cases of old operator versions, by numpy as their pages define them: python3 generate.py"""

import os
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = os.path.dirname(os.path.abspath(__file__))
TYPES = {"float32": TensorProto.FLOAT, "int64": TensorProto.INT64}


def info(name, array):
    return helper.make_tensor_value_info(name, TYPES[str(array.dtype)], array.shape)


def case(name, opset, nodes, inputs, outputs, constants={}):
    graph = helper.make_graph(
        nodes, name,
        [info(n, a) for n, a in inputs.items()],
        [info(n, a) for n, a in outputs.items()],
        [numpy_helper.from_array(a, n) for n, a in constants.items()])
    model = helper.make_model(
        graph, producer_name="", ir_version=4, opset_imports=[helper.make_opsetid("", opset)])
    folder = os.path.join(HERE, name, "test_data_set_0")
    os.makedirs(folder, exist_ok=True)
    onnx.save(model, os.path.join(HERE, name, "model.onnx"))
    for kind, arrays in (("input", inputs), ("output", outputs)):
        for i, (n, a) in enumerate(arrays.items()):
            with open(os.path.join(folder, f"{kind}_{i}.pb"), "wb") as file:
                file.write(numpy_helper.from_array(a, n).SerializeToString())


def scan_body():
    """state * weight + a - b, given out as twice itself as well"""
    vector = lambda name: helper.make_tensor_value_info(name, TensorProto.FLOAT, [2])
    return helper.make_graph(
        [helper.make_node("Mul", ["state", "weight"], ["scaled"]),
         helper.make_node("Add", ["scaled", "a"], ["sum"]),
         helper.make_node("Sub", ["sum", "b"], ["next"]),
         helper.make_node("Add", ["next", "next"], ["twice"])],
        "body", [vector(n) for n in ("state", "a", "b")], [vector(n) for n in ("next", "twice")])


def scan(name, lengths, directions):
    random = np.random.default_rng(8)
    batch, time = 3, 4
    weight = np.array([0.5, -2], np.float32)
    state = random.standard_normal((batch, 2)).astype(np.float32)
    a = random.standard_normal((batch, time, 2)).astype(np.float32)
    b = random.standard_normal((batch, time, 2)).astype(np.float32)
    last, twice = np.zeros_like(state), np.zeros_like(a)
    for i in range(batch):
        n = time if lengths is None else lengths[i]
        first, second = (x[i, :n][::-1] if d else x[i, :n] for x, d in zip((a, b), directions))
        last[i] = state[i]
        for t in range(n):
            last[i] = last[i] * weight + first[t] - second[t]
            twice[i, t] = last[i] + last[i]
    inputs = {"state0": state, "as": a, "bs": b}
    if lengths is not None:
        inputs["lengths"] = np.array(lengths, np.int64)
    attributes = {"directions": directions} if any(directions) else {}
    node = helper.make_node(
        "Scan", ["" if lengths is None else "lengths", "state0", "as", "bs"], ["last", "all"],
        body=scan_body(), num_scan_inputs=2, **attributes)
    case(name, 8, [node], inputs, {"last": last, "all": twice}, {"weight": weight})


def batch_norm(name, opset, outputs, **attributes):
    spatial = attributes.get("spatial", 1)
    random = np.random.default_rng(opset)
    x = (random.standard_normal((4, 3, 2, 5)) * 2 + 1).astype(np.float32)
    shape = x.shape[1:2] if spatial else x.shape[1:]
    scale, bias, mean, var = (random.random(shape).astype(np.float32) + 0.5 for _ in range(4))
    axes = (0, 2, 3) if spatial else (0,)
    momentum, epsilon = np.float32(0.8), np.float32(1e-3)
    wide = lambda v: v.reshape((-1, 1, 1)) if spatial else v
    saved_mean, saved_var = x.mean(axes), x.var(axes)
    y = (x - wide(saved_mean)) / np.sqrt(wide(saved_var) + epsilon) * wide(scale) + wide(bias)
    results = {
        "y": y,
        "running_mean": mean * momentum + saved_mean * (1 - momentum),
        "running_var": var * momentum + saved_var * (1 - momentum),
        "saved_mean": saved_mean,
        "saved_var": saved_var,
    }
    node = helper.make_node(
        "BatchNormalization", ["x", "scale", "bias", "mean", "var"], outputs,
        momentum=0.8, epsilon=1e-3, **attributes)
    case(name, opset, [node],
         {"x": x, "scale": scale, "bias": bias, "mean": mean, "var": var},
         {n: results[n] for n in outputs if n})


ALL = ["y", "running_mean", "running_var", "saved_mean", "saved_var"]
scan("scan_batches", None, [0, 0])
scan("scan_reversed", None, [0, 1])
scan("scan_lengths", [4, 0, 2], [0, 0])
scan("scan_lengths_reversed", [1, 3, 4], [1, 0])
batch_norm("batch_norm_1", 1, ALL, consumed_inputs=[0, 0, 0, 1, 1])
batch_norm("batch_norm_6", 6, ["y"], is_test=0)
batch_norm("batch_norm_7", 7, ALL)
batch_norm("batch_norm_7_each_element", 7, ALL, spatial=0)
batch_norm("batch_norm_9", 9, ["y", "", "", "", "saved_var"])
x = np.arange(6, dtype=np.float32).reshape(2, 3)
case("dropout_6", 6, [helper.make_node("Dropout", ["x"], ["y", "mask"], is_test=0, ratio=0.0)],
     {"x": x}, {"y": x, "mask": np.ones_like(x)})
