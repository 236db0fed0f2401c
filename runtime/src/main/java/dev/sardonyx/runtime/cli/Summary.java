package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.Structure;
import dev.sardonyx.api.tensor.Variable;
import dev.sardonyx.api.trace.ModuleCall;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model's layers with their shapes and costs, as far as its trace got. Like torchinfo. */
final class Summary {
  /** One module; {@code parameters} and costs are its own, without its children's. */
  record Row(
      String path,
      String type,
      int depth,
      String output,
      long parameters,
      long multiplyAdds,
      long bytes) {}

  private final Trace trace;
  private final Map<String, Long> sizes = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>();

  Summary(NnModule model, Trace trace, Map<String, Long> dims) {
    this.trace = trace;
    sizes.putAll(dims);
    for (Node node : trace.nodes()) {
      for (Value value : node.inputs()) {
        bindSymbols(value);
      }
    }
    model.namedModules().forEach((path, module) -> rows.add(row(path, module)));
  }

  /** Costs are counted for one sample where the size of a symbol is not given. */
  private void bindSymbols(Value value) {
    if (value.type() instanceof TensorType type && type.shape().isKnown()) {
      type.shape().dims().stream()
          .filter(Dim.Symbol.class::isInstance)
          .forEach(symbol -> sizes.putIfAbsent(symbol.toString(), 1L));
    }
  }

  private Row row(String path, NnModule module) {
    Structure structure = module.structure();
    int depth = path.isEmpty() ? 0 : 1 + (int) path.chars().filter(c -> c == '.').count();
    long multiplyAdds =
        trace.nodes().stream()
            .filter(node -> node.origin().module().equals(path))
            .mapToLong(this::multiplyAdds)
            .sum();
    return new Row(
        path,
        structure.typeName(),
        depth,
        output(path).map(TensorType::shape).map(Object::toString).orElse("-"),
        elements(structure.parameters().values()),
        multiplyAdds,
        bytes(structure.parameters().values()) + bytes(structure.buffers().values()));
  }

  /** What the module gave last: from its own call where it has one, else its last node's. */
  private Optional<TensorType> output(String path) {
    Optional<TensorType> called =
        trace.calls().reversed().stream()
            .filter(call -> call.path().equals(path))
            .map(ModuleCall::outputs)
            .map(List::getFirst)
            .findFirst();
    boolean reached = trace.failure().isEmpty() || called.isPresent();
    return called.isPresent() || !reached ? called : lastNode(path);
  }

  private Optional<TensorType> lastNode(String path) {
    return trace.nodes().reversed().stream()
        .filter(node -> isWithin(node.origin().module(), path))
        .map(node -> node.output().tensorType())
        .findFirst();
  }

  private static boolean isWithin(String module, String path) {
    return path.isEmpty() || module.equals(path) || module.startsWith(path + ".");
  }

  private long multiplyAdds(Node node) {
    List<Value> outputs = node.outputs();
    Dim count =
        node.op()
            .multiplyAdds(node.inferenceInputs(), outputs.stream().map(Value::type).toList())
            .bind(sizes);
    return count.isFixed() ? count.fixed() : 0;
  }

  private static long elements(Collection<? extends Variable> variables) {
    return variables.stream().mapToLong(variable -> variable.dense().elements()).sum();
  }

  private static long bytes(Collection<? extends Variable> variables) {
    return variables.stream().mapToLong(variable -> variable.dense().segment().byteSize()).sum();
  }

  List<Row> rows() {
    return List.copyOf(rows);
  }

  /** The sums over all modules. */
  Row total() {
    return new Row(
        "",
        "total",
        0,
        rows.getFirst().output(),
        rows.stream().mapToLong(Row::parameters).sum(),
        rows.stream().mapToLong(Row::multiplyAdds).sum(),
        rows.stream().mapToLong(Row::bytes).sum());
  }

  /** Bytes of all values that nodes compute. */
  long activationBytes() {
    return trace.nodes().stream()
        .flatMap(node -> node.outputs().stream())
        .map(value -> value.tensorType().bind(sizes))
        .filter(type -> type.shape().isFixed())
        .mapToLong(type -> type.dtype().bytes(type.shape().elements().fixed()))
        .sum();
  }

  /** The sizes that symbols were counted with. */
  Map<String, Long> symbols() {
    return sizes;
  }
}
