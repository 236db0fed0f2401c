"""Cases of Gradient with PyTorch's numbers: python3 generate.py"""

import os
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

HERE = os.path.dirname(os.path.abspath(__file__))
TRAINING = "ai.onnx.preview.training"
OPSETS = [helper.make_opsetid("", 13), helper.make_opsetid(TRAINING, 1)]


def random(*sizes):
    return torch.rand(sizes, dtype=torch.float32) + 0.5


def info(name, tensor):
    kind = TensorProto.FLOAT16 if tensor.dtype == torch.float16 else TensorProto.FLOAT
    return helper.make_tensor_value_info(name, kind, list(tensor.shape))


def case(name, nodes, inputs, outputs, constants={}, functions=()):
    graph = helper.make_graph(
        nodes, name,
        [info(n, a) for n, a in inputs.items()],
        [info(n, a) for n, a in outputs.items()],
        [numpy_helper.from_array(a.numpy(), n) for n, a in constants.items()])
    opsets = OPSETS + [helper.make_opsetid(f.domain, 1) for f in functions]
    model = helper.make_model(
        graph, producer_name="", ir_version=8 if functions else 7, opset_imports=opsets,
        functions=functions)
    folder = os.path.join(HERE, name, "test_data_set_0")
    os.makedirs(folder, exist_ok=True)
    onnx.save(model, os.path.join(HERE, name, "model.onnx"))
    for kind, tensors in (("input", inputs), ("output", outputs)):
        for i, (n, tensor) in enumerate(tensors.items()):
            with open(os.path.join(folder, f"{kind}_{i}.pb"), "wb") as file:
                array = tensor.detach().numpy().copy()
                file.write(numpy_helper.from_array(array, n).SerializeToString())


def node(operator, inputs, output, **attributes):
    return helper.make_node(operator, inputs.split(), [output], **attributes)


def gradient(inputs, outputs, xs, y, **attributes):
    return helper.make_node(
        "Gradient", inputs.split(), outputs.split(), domain=TRAINING, xs=xs.split(), y=y, **attributes)


def leaves(**tensors):
    return {n: t.requires_grad_() for n, t in tensors.items()}


def layers():
    """Two layers, softmax and its loss, by the weights; the nodes are given after their use."""
    t = leaves(w1=random(5, 4) - 1, b1=random(5) - 1, w2=random(5, 3) - 1)
    x, target = random(2, 4), random(2, 3)
    hidden = torch.relu(torch.nn.functional.linear(x, t["w1"], t["b1"]))
    p = torch.softmax(hidden @ t["w2"], -1)
    loss = -(torch.log(p) * target).sum()
    d = torch.autograd.grad(loss, list(t.values()))
    case("layers", [
        gradient("w1 b1 w2 x target", "dw1 db1 dw2", "w1 b1 w2", "loss", zs=["x", "target"]),
        node("Gemm", "x w1 b1", "h", transB=1),
        node("Relu", "h", "r"),
        node("MatMul", "r w2", "logits"),
        node("Softmax", "logits", "p", axis=-1),
        node("Log", "p", "log"),
        node("Mul", "log target", "weighted"),
        node("ReduceSum", "weighted", "sum", keepdims=0),
        node("Neg", "sum", "loss"),
    ], {**t, "x": x, "target": target}, {"loss": loss, "dw1": d[0], "db1": d[1], "dw2": d[2]})


def broadcasts():
    """Arithmetic that broadcasts every way, and layouts that come back."""
    t = leaves(a=random(2, 3, 4), b=random(3, 1), c=random(1, 4), s=random())
    a, b, c, s = t.values()
    u = torch.sigmoid((a - b) / c)
    v = torch.exp(torch.tanh(u * s)).permute(2, 0, 1).reshape(4, 6)
    w = torch.sqrt(v).unsqueeze(0) + torch.abs(-v) ** 3
    y = w.mean(1).squeeze(0)
    d = torch.autograd.grad(y.sum(), [a, b, c, s])
    case("broadcasts", [
        node("Sub", "a b", "ab"), node("Div", "ab c", "abc"), node("Sigmoid", "abc", "u"),
        node("Mul", "u s", "us"), node("Tanh", "us", "tanh"), node("Exp", "tanh", "exp"),
        node("Transpose", "exp", "turned", perm=[2, 0, 1]), node("Reshape", "turned shape", "v"),
        node("Sqrt", "v", "root"), node("Unsqueeze", "root zero", "wide"),
        node("Neg", "v", "minus"), node("Abs", "minus", "size"), node("Pow", "size three", "cube"),
        node("Add", "wide cube", "w"),
        node("ReduceMean", "w", "mean", axes=[1], keepdims=0), node("Squeeze", "mean zero", "y"),
        gradient("a b c s", "da db dc ds", "a b c s", "y"),
    ], t, {"y": y, "da": d[0], "db": d[1], "dc": d[2], "ds": d[3]},
        {"shape": torch.tensor([4, -1]), "zero": torch.tensor([0]), "three": torch.tensor(3.0)})


def elsewhere():
    """By other values than those that the graph has, and with one derivative left out."""
    f = lambda a, b: (a * a * b).sum()
    t = leaves(a=random(3), b=random(3), c=random(3))
    y = f(t["a"], t["b"])
    d, = torch.autograd.grad(f(t["a"], t["c"]), [t["c"]])
    case("elsewhere", [
        node("Mul", "a a", "aa"), node("Mul", "aa b", "aab"),
        node("ReduceSum", "aab", "y", keepdims=0),
        helper.make_node(
            "Gradient", ["a", "c"], ["", "d"], domain=TRAINING, xs=["a", "b"], y="y"),
    ], t, {"y": y, "d": d})


def twice():
    """The derivative of a derivative; and zeros for what does not matter."""
    t = leaves(x=random(4), unused=random(2))
    y = (t["x"] ** 4).sum()
    d, = torch.autograd.grad(y, [t["x"]], create_graph=True)
    dd, = torch.autograd.grad(d.sum(), [t["x"]])
    case("twice", [
        node("Pow", "x four", "p"), node("ReduceSum", "p", "y", keepdims=0),
        gradient("x", "d", "x", "y"),
        gradient("x unused", "dd none", "x unused", "d"),
    ], t, {"d": d, "dd": dd, "none": torch.zeros(2)}, {"four": torch.tensor(4.0)})


def products():
    """Gemm transposed and scaled, MatMul over batches, and the logarithm of softmax."""
    t = leaves(a=random(4, 2), b=random(4, 3), c=random(3), m=random(5, 1, 3, 2))
    a, b, c, m = t.values()
    g = 0.25 * (a.T @ b) + 0.5 * c
    y = torch.log_softmax(g @ m.expand(5, 2, 3, 2), 3) * 2
    weights = torch.arange(y.numel(), dtype=torch.float32).reshape(y.shape) / 7
    z = y * weights
    d = torch.autograd.grad(z.sum(), [a, b, c, m])
    case("products", [
        node("Gemm", "a b c", "g", transA=1, alpha=0.25, beta=0.5),
        node("Expand", "m shape", "wide"),
        node("MatMul", "g wide", "gm"), node("LogSoftmax", "gm", "log", axis=3),
        node("Add", "log log", "y"), node("Mul", "y weights", "z"),
        gradient("a b c m", "da db dc dm", "a b c m", "z"),
    ], t, {"z": z, "da": d[0], "db": d[1], "dc": d[2], "dm": d[3]},
        {"shape": torch.tensor([5, 2, 3, 2]), "weights": weights})


def function():
    """In a function whose values are named as others are around it."""
    t = leaves(x=random(3))
    y = t["x"] * 5
    d, = torch.autograd.grad((y * y).sum(), [y])
    own = helper.make_function(
        "own", "Slope", ["x"], ["d"],
        [node("Mul", "x x", "y"), gradient("x", "d", "x", "y")], OPSETS)
    case("function", [
        node("Mul", "x five", "y"), helper.make_node("Slope", ["y"], ["d"], domain="own"),
    ], t, {"y": y, "d": d}, {"five": torch.tensor(5.0)}, [own])


def types():
    """The mean of more elements than float16 counts (PyTorch's of float32), and twice through a size and a cast."""
    t = leaves(x=random(1) - 1)
    wide = t["x"].expand(70000).contiguous()
    y = wide.abs().mean() ** 2
    d, = torch.autograd.grad(y, [t["x"]], create_graph=True)
    dd, = torch.autograd.grad(d.sum(), [t["x"]])
    mean, = torch.autograd.grad(wide.mean(), [wide])
    case("types", [
        node("Expand", "x size", "wide"), node("Cast", "wide", "half", to=TensorProto.FLOAT16),
        node("ReduceMean", "half", "m", keepdims=0),
        gradient("half", "all", "half", "m"), node("Slice", "all zero two", "mean"),
        node("Abs", "wide", "abs"), node("ReduceMean", "abs", "a", keepdims=0),
        node("Pow", "a square", "y"),
        gradient("x", "d", "x", "y"), gradient("x", "dd", "x", "d"),
    ], t, {"mean": mean[:2].half(), "d": d, "dd": dd},
        {"size": torch.tensor([70000]), "zero": torch.tensor([0]), "two": torch.tensor([2]),
         "square": torch.tensor(2.0)})


torch.manual_seed(3)
layers()
broadcasts()
elsewhere()
twice()
products()
function()
types()
