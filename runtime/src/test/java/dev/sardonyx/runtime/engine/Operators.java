package dev.sardonyx.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.compiler.Compiler;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Runs one operator every way that the engine has, and compares. */
final class Operators {
  private Operators() {}

  /** Both kernel sets; the second is the Vector API's, which the tests' JVM has. */
  static List<Kernels> kernelSets() {
    return List.of(
        Kernels.scalar(),
        KernelSelection.portable().kernels(),
        KernelSelection.fastest().kernels());
  }

  /**
   * Checks the result of an operator on both kernel sets: eager, in a session that gets all inputs
   * at each run, and in one whose inputs after the first are constants.
   */
  static void check(Op op, Tensor expected, double tolerance, Tensor... inputs) {
    for (Kernels kernels : kernelSets()) {
      Tensor eager = new NativeEvaluator(kernels).evaluate(op, given(inputs)).getFirst();
      close("eager, " + kernels.name(), eager, expected, tolerance);
      close("constants, " + kernels.name(), session(kernels, op, inputs, 1), expected, tolerance);
      boolean shapeInputs =
          inputs.length > 1 && inputs[1].dtype() == DType.INT64 && inputs[0].rank() != 0;
      if (!shapeInputs) {
        Tensor run = session(kernels, op, inputs, inputs.length);
        close("inputs, " + kernels.name(), run, expected, tolerance);
      }
    }
  }

  static List<Optional<Tensor>> given(Tensor... inputs) {
    List<Optional<Tensor>> result = new ArrayList<>();
    for (Tensor input : inputs) {
      result.add(Optional.of(input));
    }
    return result;
  }

  private static Tensor session(Kernels kernels, Op op, Tensor[] inputs, int dynamic) {
    var builder = new GraphBuilder("one");
    List<Value> values = new ArrayList<>();
    Map<String, Tensor> feeds = new HashMap<>();
    for (int i = 0; i < inputs.length; i++) {
      String name = "x" + i;
      if (i < dynamic) {
        values.add(builder.input(name, inputs[i].type()));
        feeds.put(name, inputs[i]);
      } else {
        values.add(builder.initializer(name, inputs[i].dense()));
      }
    }
    Node node = builder.add(op, values, Origin.unknown());
    var graph = builder.build(List.of(node.output()), Map.of());
    var engine = new NativeEngine(kernels, Compiler.none());
    try (Session session = engine.open(graph, SessionOptions.defaults())) {
      return Graphs.named(session.run(feeds), node.output().name());
    }
  }

  static void close(String how, Tensor found, Tensor expected, double tolerance) {
    assertThat(found.type()).as(how).isEqualTo(expected.type());
    DenseTensor a = found.dense();
    DenseTensor b = expected.dense();
    for (long i = 0; i < a.elements(); i++) {
      double left = a.doubleAt(i);
      double right = b.doubleAt(i);
      boolean same =
          Double.compare(left, right) == 0
              || Math.abs(left - right) <= tolerance * Math.max(1, Math.abs(right));
      assertThat(same).as("%s: element %d of %s against %s", how, i, found, expected).isTrue();
    }
  }

  /** Random values between -1 and 1. */
  static Tensor random(long seed, long... sizes) {
    var random = new Random(seed);
    long count = 1;
    for (long size : sizes) {
      count *= size;
    }
    float[] values = new float[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return Tensor.of(values, sizes);
  }
}
