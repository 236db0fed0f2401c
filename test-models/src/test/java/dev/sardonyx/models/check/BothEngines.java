package dev.sardonyx.models.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One operator on the native engine, eager and compiled, against ONNX Runtime. */
final class BothEngines {
  private static final double TOLERANCE = 1e-5;

  private BothEngines() {}

  /** Inputs after the first are constants, as shapes and axes are; null is an absent input. */
  static void agree(Op op, @Nullable Tensor... inputs) {
    agree(op, 1, inputs);
  }

  /** The same with some number of inputs that come with each run. */
  static void agree(Op op, int dynamic, @Nullable Tensor... inputs) {
    agree(op, Integer.MAX_VALUE, dynamic, inputs);
  }

  /** The same on the first outputs alone, where others are optional. */
  static void agree(Op op, int outputs, int dynamic, @Nullable Tensor... inputs) {
    var builder = new GraphBuilder("one");
    List<Value> values = new ArrayList<>();
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    for (int i = 0; i < inputs.length; i++) {
      Tensor input = inputs[i];
      if (input == null) {
        values.add(Value.absent());
      } else if (i < dynamic) {
        values.add(builder.input("x" + i, input.type()));
        feeds.put("x" + i, input);
      } else {
        values.add(builder.initializer("x" + i, input.dense()));
      }
    }
    Node node = builder.add(op, values, Origin.unknown());
    List<Value> wanted = node.outputs().subList(0, Math.min(outputs, node.outputs().size()));
    Node first = new Node(node.name(), op, node.inputs(), wanted, node.origin());
    Graph all = builder.build(wanted, Map.of());
    Graph graph =
        new Graph(
            all.name(),
            all.inputs(),
            all.outputs(),
            List.of(first),
            all.initializers(),
            all.metadata());
    List<Tensor> expected = run("ort", graph, feeds);
    List<Tensor> compiled = run("native", graph, feeds);
    List<Tensor> eager =
        Operations.applyAll(op, Arrays.stream(inputs).map(BothEngines::optional).toList());
    for (int i = 0; i < expected.size(); i++) {
      String what = op + " on " + Arrays.toString(inputs) + ", output " + i;
      assertClose(what + ", compiled", compiled.get(i), expected.get(i));
      assertClose(what + ", eager", eager.get(i), expected.get(i));
    }
  }

  /**
   * The same operator on float64, float16 and bfloat16, for which ONNX Runtime has few kernels: it
   * must give what ONNX Runtime gives for those numbers as float32, within the type's accuracy.
   */
  static void agreeInAllFloats(Op op, @Nullable Tensor... inputs) {
    for (DType type : List.of(DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16)) {
      double tolerance = type == DType.FLOAT64 ? TOLERANCE : type == DType.FLOAT16 ? 4e-3 : 3e-2;
      List<Optional<Tensor>> given = new ArrayList<>();
      var builder = new GraphBuilder("one");
      List<Value> values = new ArrayList<>();
      for (Tensor input : inputs) {
        Optional<Tensor> converted =
            optional(input).map(x -> x.dtype() == DType.FLOAT32 ? x.to(type) : x);
        given.add(converted);
        values.add(
            converted
                .map(x -> x.dtype() == type ? x.to(DType.FLOAT32) : x)
                .map(x -> builder.constant(x.dense()))
                .orElse(Value.absent()));
      }
      Node node = builder.add(op, values, Origin.unknown());
      List<Tensor> expected = run("ort", builder.build(node.outputs(), Map.of()), Map.of());
      List<Tensor> found = Operations.applyAll(op, given);
      for (int i = 0; i < expected.size(); i++) {
        Tensor wide = found.get(i);
        Tensor narrow = wide.dtype() == type ? wide.to(DType.FLOAT32) : wide;
        assertClose(op + " on " + type + ", output " + i, narrow, expected.get(i), tolerance);
      }
    }
  }

  /** The first input comes with the run, and each of its dims is a symbol. */
  static void agreeOnSymbols(Op op, Tensor first, Tensor... others) {
    var builder = new GraphBuilder("one");
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < first.shape().rank(); axis++) {
      dims.add(new Dim.Symbol("d" + axis));
    }
    List<Value> values = new ArrayList<>();
    values.add(builder.input("x", first.type().withShape(Shape.of(dims))));
    Arrays.stream(others).map(Tensor::dense).map(builder::constant).forEach(values::add);
    Node node = builder.add(op, values, Origin.unknown());
    Graph graph = builder.build(node.outputs(), Map.of());
    List<Tensor> found = run("native", graph, Map.of("x", first));
    List<Tensor> expected = run("ort", graph, Map.of("x", first));
    for (int i = 0; i < expected.size(); i++) {
      assertClose(op + " on symbols, output " + i, found.get(i), expected.get(i));
    }
  }

  private static Optional<Tensor> optional(@Nullable Tensor input) {
    return Optional.ofNullable(input);
  }

  private static List<Tensor> run(String engine, Graph graph, Map<String, Tensor> feeds) {
    try (Session session = Sardonyx.engine(engine).open(graph, SessionOptions.defaults())) {
      return List.copyOf(session.run(feeds).values());
    }
  }

  private static void assertClose(String what, Tensor found, Tensor expected) {
    assertClose(what, found, expected, TOLERANCE);
  }

  private static void assertClose(String what, Tensor found, Tensor expected, double accuracy) {
    assertThat(found.type()).as(what).isEqualTo(expected.type());
    DenseTensor a = found.dense();
    DenseTensor b = expected.dense();
    for (long i = 0; i < a.elements(); i++) {
      double ours = a.doubleAt(i);
      double theirs = b.doubleAt(i);
      double tolerance = expected.dtype().isFloat() ? accuracy * Math.max(1, Math.abs(theirs)) : 0;
      assertThat(Math.abs(ours - theirs) <= tolerance || Double.compare(ours, theirs) == 0)
          .as("%s: element %d is %s, on ort %s", what, i, ours, theirs)
          .isTrue();
    }
  }
}
