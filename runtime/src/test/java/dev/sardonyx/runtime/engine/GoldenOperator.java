package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.checkpoint.Npy;
import dev.sardonyx.runtime.kernel.Kernels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Inputs and outputs of an operator as numpy and PyTorch computed them; operators.py beside the
 * tests made them. Inputs that are missing are absent.
 */
record GoldenOperator(List<Optional<Tensor>> inputs, List<Optional<Tensor>> outputs) {
  private static final int MOST = 8;

  /** The cases of an archive by name. */
  static Map<String, GoldenOperator> all(String archive) {
    Map<String, Tensor> arrays = arrays("/golden/operators/" + archive + ".npz");
    return arrays.keySet().stream()
        .map(key -> key.substring(0, key.lastIndexOf('.')))
        .distinct()
        .collect(
            Collectors.toMap(
                name -> name,
                name -> new GoldenOperator(list(arrays, name, "x"), list(arrays, name, "y"))));
  }

  private static Map<String, Tensor> arrays(String resource) {
    Map<String, Tensor> arrays = new HashMap<>();
    InputStream in = GoldenOperator.class.getResourceAsStream(resource);
    try (var zip = new ZipInputStream(Objects.requireNonNull(in, resource))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        arrays.put(entry.getName().replace(".npy", ""), Npy.parse(zip.readAllBytes()));
      }
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
    return arrays;
  }

  private static List<Optional<Tensor>> list(Map<String, Tensor> arrays, String name, String kind) {
    List<Optional<Tensor>> result = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      result.add(Optional.ofNullable(arrays.get(name + "." + kind + i)));
    }
    while (!result.isEmpty() && result.getLast().isEmpty()) {
      result.removeLast();
    }
    return result;
  }

  /** Checks all outputs: eager, and in a session that is given floats at each run. */
  void check(Op op, double tolerance) {
    for (Kernels kernels : Operators.kernelSets()) {
      List<Tensor> eager = new NativeEvaluator(kernels).evaluate(op, inputs, outputs.size());
      List<Tensor> compiled = session(kernels, op);
      for (int i = 0; i < outputs.size(); i++) {
        Tensor expected = outputs.get(i).orElseThrow();
        String what = kernels.name() + ", output " + i;
        Operators.close("eager, " + what, eager.get(i), expected, tolerance);
        Operators.close("session, " + what, compiled.get(i), expected, tolerance);
      }
    }
  }

  private List<Tensor> session(Kernels kernels, Op op) {
    var builder = new GraphBuilder("one");
    Map<String, Tensor> feeds = new HashMap<>();
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      String name = "x" + i;
      if (inputs.get(i).isEmpty()) {
        values.add(Value.absent());
      } else if (inputs.get(i).get().dtype().isFloat()) {
        values.add(builder.input(name, inputs.get(i).get().type()));
        feeds.put(name, inputs.get(i).get());
      } else {
        values.add(builder.initializer(name, inputs.get(i).get().dense()));
      }
    }
    Node node = builder.add(op, values, Origin.unknown());
    List<Value> wanted = node.outputs().subList(0, outputs.size());
    var engine = new NativeEngine(kernels);
    try (Session session =
        engine.open(builder.build(wanted, Map.of()), SessionOptions.defaults())) {
      Map<String, Tensor> results = session.run(feeds);
      return wanted.stream()
          .map(value -> Objects.requireNonNull(results.get(value.name())))
          .toList();
    }
  }
}
