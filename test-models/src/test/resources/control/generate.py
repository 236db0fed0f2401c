"""Models with graphs within nodes, for ControlFlowTest. Needs onnx; writes beside itself."""
import os
import numpy as np
import onnx
from onnx import TensorProto as T, helper as h, numpy_helper as nh

HERE = os.path.dirname(os.path.abspath(__file__))
F, I, B = T.FLOAT, T.INT64, T.BOOL


def v(name, dtype=F, shape=None):
    return h.make_tensor_value_info(name, dtype, shape)


def c(name, value, dtype=np.int64):
    return nh.from_array(np.asarray(value, dtype), name)


def n(op, inputs, outputs, **attributes):
    return h.make_node(op, inputs.split(), outputs.split(), **attributes)


def graph(name, nodes, inputs, outputs, constants=()):
    return h.make_graph(nodes, name, inputs, outputs, list(constants))


def save(name, nodes, outputs, constants=(), opset=17):
    inputs = [v("x", F, [2, 3]), v("n", I, [])]
    model = h.make_model(graph(name, nodes, inputs, outputs, constants),
                         opset_imports=[h.make_opsetid("", opset)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    onnx.save(model, os.path.join(HERE, name + ".onnx"))


# A loop within a branch within a loop; x and n are taken from two graphs up.
inner = graph("inner", [n("Identity", "c2", "c2o"), n("Mul", "s2 half", "t"), n("Add", "t x", "s2o")],
              [v("i2", I, []), v("c2", B, []), v("s2", F, [2, 3])], [v("c2o", B, []), v("s2o", F, [2, 3])],
              [c("half", 0.5, np.float32)])
yes = graph("yes", [n("Add", "i one", "m"), n("Loop", "m  s", "y", body=inner)], [], [v("y", F, [2, 3])], [c("one", 1)])
yes.node[1].input[:] = ["m", "", "s"]
no = graph("no", [n("Sub", "s x", "z")], [], [v("z", F, [2, 3])])
outer = graph("outer",
              [n("Identity", "going", "on"), n("Mod", "i two", "rest"), n("Equal", "rest zero", "even"),
               n("If", "even", "so", then_branch=yes, else_branch=no), n("ReduceSum", "so", "total", keepdims=0)],
              [v("i", I, []), v("going", B, []), v("s", F, [2, 3])],
              [v("on", B, []), v("so", F, [2, 3]), v("total", F, [])], [c("two", 2), c("zero", 0)])
loop = n("Loop", "n true x", "y totals", body=outer)
save("nested", [loop], [v("y", F, [2, 3]), v("totals", F, [None])], [c("true", True, np.bool_)])

# What is carried grows by its own rows each round; stops where it has enough.
grow = graph("grow",
             [n("Concat", "s x", "so", axis=0), n("Shape", "so", "dims"), n("Gather", "dims zero", "rows"),
              n("Less", "rows twelve", "on"), n("Unsqueeze", "rows axes", "rowsv")],
             [v("i", I, []), v("going", B, []), v("s", F, [None, 3])],
             [v("on", B, []), v("so", F, [None, 3]), v("rowsv", I, [1])],
             [c("zero", 0), c("twelve", 12), c("axes", [0])])
loop = n("Loop", "n c0 x", "y rows_of", body=grow)
save("growing", [n("Greater", "n minus", "c0"), loop], [v("y", F, [None, 3]), v("rows_of", I, [None, 1])],
     [c("minus", 1)])

# No number of rounds: cond alone ends it.
until = graph("until",
              [n("Mul", "s two", "so"), n("ReduceMax", "so", "m", keepdims=0), n("Less", "m limit", "on")],
              [v("i", I, []), v("going", B, []), v("s", F, [2, 3])], [v("on", B, []), v("so", F, [2, 3])],
              [c("two", 2, np.float32), c("limit", 1000, np.float32)])
loop = n("Loop", "a b c", "y", body=until)
loop.input[:] = ["", "true", "p"]
save("until", [n("Abs", "x", "a0"), n("Add", "a0 eps", "p"), loop], [v("y", F, [2, 3])],
     [c("true", True, np.bool_), c("eps", 1, np.float32)])

# Scan from both ends along axes counted from the end; a capture; two scan outputs.
step = graph("step", [n("Add", "s a", "t"), n("Add", "t nf", "u"), n("Sub", "u b", "so"), n("Neg", "so", "o1"),
                      n("ReduceSum", "so", "o2", keepdims=0)],
             [v("s", F, [2]), v("a", F, [2]), v("b", F, [2])],
             [v("so", F, [2]), v("o1", F, [2]), v("o2", F, [])])
scan = n("Scan", "start x x", "y outs sums", body=step, num_scan_inputs=2, scan_input_axes=[-1, 1],
         scan_input_directions=[1, 0], scan_output_axes=[-1, 0], scan_output_directions=[0, 1])
save("scan", [n("Cast", "n", "nf", to=F), scan], [v("y", F, [2]), v("outs", F, [2, 3]), v("sums", F, [3])],
     [c("start", [1, 2], np.float32)])

# A sequence is carried; its elements differ in shape.
seq = h.make_tensor_sequence_value_info
append = graph("append",
               [n("Identity", "going", "on"), n("Add", "i one", "k"), n("Unsqueeze", "k axes", "kv"),
                n("Concat", "one_v kv", "reps", axis=0), n("Tile", "x reps", "wide"),
                n("SequenceInsert", "s wide", "so")],
               [v("i", I, []), v("going", B, []), seq("s", F, None)], [v("on", B, []), seq("so", F, None)],
               [c("one", 1), c("axes", [0]), c("one_v", [1])])
loop = n("Loop", "n c s", "all", body=append)
loop.input[:] = ["n", "", "none"]
save("sequence", [n("SequenceEmpty", "", "none", dtype=F), loop, n("SequenceLength", "all", "size")],
     [seq("all", F, None), v("size", I, [])])
