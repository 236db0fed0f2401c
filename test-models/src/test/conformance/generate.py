#!/usr/bin/python3
"""Writes the small cases under cases/: expected outputs come from numpy. Needs numpy and onnx 1.12."""
import json
import os
import shutil

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cases")


def tensor_type(dtype, shape):
    return helper.make_tensor_type_proto(dtype, shape)


def model(operator, inputs, outputs, opset=17, ir=8, domain="", initializers=(), **attributes):
    names = [name for name, _ in inputs]
    node = helper.make_node(
        operator, names, [name for name, _ in outputs], domain=domain, **attributes)
    graph = helper.make_graph(
        [node], "g",
        [helper.make_value_info(name, type) for name, type in inputs],
        [helper.make_value_info(name, type) for name, type in outputs],
        initializer=list(initializers))
    imports = [helper.make_operatorsetid("", opset)]
    if domain:
        imports.append(helper.make_operatorsetid(domain, 1))
    return helper.make_model(graph, opset_imports=imports, ir_version=ir, producer_name="")


def write(name, content, *sets, data=None):
    folder = os.path.join(ROOT, name)
    os.makedirs(folder)
    binary = content if isinstance(content, bytes) else content.SerializeToString()
    put(folder, "model.onnx", binary)
    if data:
        put(folder, "data.json", json.dumps(data).encode())
    for number, inputs, outputs in sets:
        inner = os.path.join(folder, "test_data_set_%d" % number)
        os.makedirs(inner)
        for kind, values in (("input", inputs), ("output", outputs)):
            for i, value in enumerate(values):
                put(inner, "%s_%d.pb" % (kind, i), value)


def put(folder, name, binary):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(binary)


def tensor(*values, dtype=numpy.float32):
    return numpy_helper.from_array(numpy.array(values, dtype)).SerializeToString()


def main():
    shutil.rmtree(ROOT, ignore_errors=True)
    floats = tensor_type(TensorProto.FLOAT, ["n"])
    unary = model("Abs", [("x", floats)], [("y", floats)])
    x = numpy.array([1, -2.5, 0], numpy.float32)
    right = tensor(*numpy.abs(x))
    write("arithmetic/abs", unary, (0, [tensor(*x)], [right]))
    write("arithmetic/close", unary, (0, [tensor(*x)], [tensor(1.0005, 2.5, 0)]))
    write("arithmetic/loose", unary, (0, [tensor(*x)], [tensor(1.3, 2, 0)]), data={"rtol": 0.5})
    write("arithmetic/wrong_number", unary, (0, [tensor(*x)], [tensor(1, 2.4, 0)]))
    write("arithmetic/wrong_shape", unary, (0, [tensor(*x)], [tensor(1, 2.5)]))
    write("arithmetic/unjudged", unary, (0, [tensor(*x)], []))
    write("arithmetic/many_sets", unary,
          *((number, [tensor(number)], [tensor(number)]) for number in (10, 2, 0)))
    bias = numpy_helper.from_array(numpy.array([1, 1, 1], numpy.float32), "b")
    write("arithmetic/initializer_input",
          model("Add", [("b", floats), ("x", floats)], [("y", floats)], initializers=[bias]),
          (0, [tensor(*x)], [tensor(*(x + 1))]))

    strings = tensor_type(TensorProto.STRING, ["n"])
    words = numpy_helper.from_array(numpy.array(["a", "", "\u00e4"], object)).SerializeToString()
    write("values/strings", model("Identity", [("x", strings)], [("y", strings)]),
          (0, [words], [words]))
    numbers = numpy_helper.from_list([numpy.array([1, 2], numpy.float32), numpy.array([], numpy.float32)])
    sequence = helper.make_sequence_type_proto(floats)
    listed = numpy_helper.from_list([]).SerializeToString()
    write("values/sequence", model("Identity", [("x", sequence)], [("y", sequence)]),
          (0, [numbers.SerializeToString()], [numbers.SerializeToString()]), (1, [listed], [listed]))
    optional = helper.make_optional_type_proto(floats)
    given = numpy_helper.from_optional(numpy.array([1], numpy.float32)).SerializeToString()
    write("values/optional", model("Identity", [("x", optional)], [("y", optional)]),
          (0, [given], [given]), (1, [b""], [b""]))

    write("refused/operator", model("Nothing", [("x", floats)], [("y", floats)], domain="com.example"),
          (0, [tensor(*x)], [right]))
    write("refused/opset", model("Abs", [("x", floats)], [("y", floats)], opset=1000),
          (0, [tensor(*x)], [right]))
    write("refused/ir", model("Abs", [("x", floats)], [("y", floats)], ir=1000),
          (0, [tensor(*x)], [right]))
    write("broken/model", b"\x08\x08nothing", (0, [tensor(*x)], [right]))
    write("broken/input", unary, (0, [b"nothing"], [right]))
    write("broken/input_type", unary, (0, [tensor(1, dtype=numpy.int64)], [right]))
    write("broken/input_missing", unary, (0, [], [right]))
    write("broken/input_beyond", unary, (0, [tensor(*x), tensor(*x)], [right]))
    write("broken/expected", unary, (0, [tensor(*x)], [tensor(1, dtype=numpy.uint16)]))


if __name__ == "__main__":
    main()
