package dev.sardonyx.runtime.summary;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.Structure;
import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Variable;
import dev.sardonyx.api.trace.ModuleCall;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.inputs.RandomInputs;
import dev.sardonyx.runtime.text.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model's layers with their shapes and costs, as far as its trace got. Prints as torchinfo's
 * tables do.
 */
public final class Summary {
  private static final double MEGA = 1e6;

  /**
   * One module; counts and costs are its own, without its children's, and a shared parameter counts
   * where it is met first.
   *
   * @param input the shape of the first tensor it was called with, "-" where it is not known
   * @param output the shape of the first tensor it gave, "-" where it is not known
   * @param trainable how many of the parameters' elements are not frozen
   * @param bytes what parameters and buffers take
   */
  public record Row(
      String path,
      String type,
      int depth,
      String input,
      String output,
      long parameters,
      long trainable,
      long multiplyAdds,
      long bytes) {}

  private final Trace trace;
  private final Map<String, Long> sizes = new LinkedHashMap<>();
  private final Set<Variable> counted = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Row> rows = new ArrayList<>();

  private Summary(NnModule model, Trace trace, Map<String, Long> dims) {
    this.trace = trace;
    sizes.putAll(dims);
    trace.inputs().forEach(input -> bindSymbols(input, RandomInputs.SIZE_OF_OTHER_DIMS));
    for (Node node : trace.nodes()) {
      node.inputs().forEach(value -> bindSymbols(value, 1));
    }
    model.namedModules().forEach((path, module) -> rows.add(row(path, module)));
  }

  /**
   * The summary for one sample, other symbolic dims 32 where forward declares them. Errors: MODEL
   * when the model does not declare its inputs.
   */
  public static Summary of(NnModule model) {
    return of(model, Trace.of(model), Map.of());
  }

  /** The summary of a trace of the model, for these sizes of symbolic dims. */
  public static Summary of(NnModule model, Trace trace, Map<String, Long> dims) {
    return new Summary(model, trace, dims);
  }

  /** Costs are counted for one sample where the size of a symbol is not given. */
  private void bindSymbols(Value value, long others) {
    if (value.type() instanceof TensorType type && type.shape().isKnown()) {
      List<Dim> dims = type.shape().dims();
      for (int i = 0; i < dims.size(); i++) {
        if (dims.get(i) instanceof Dim.Symbol(String name)) {
          sizes.putIfAbsent(name, i == 0 ? 1 : others);
        }
      }
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
    List<Parameter> parameters =
        structure.parameters().values().stream().filter(counted::add).toList();
    List<Buffer> buffers = structure.buffers().values().stream().filter(counted::add).toList();
    return new Row(
        path,
        structure.typeName(),
        depth,
        text(input(path)),
        text(output(path)),
        elements(parameters),
        elements(parameters.stream().filter(Parameter::requiresGrad).toList()),
        multiplyAdds,
        bytes(parameters) + bytes(buffers));
  }

  private static String text(Optional<TensorType> type) {
    return type.map(TensorType::shape).map(Object::toString).orElse("-");
  }

  /** What the module was given last; a root that does not say it is called has the trace's. */
  private Optional<TensorType> input(String path) {
    Optional<TensorType> called =
        called(path).map(ModuleCall::inputs).flatMap(types -> types.stream().findFirst());
    boolean root = path.isEmpty() && called.isEmpty();
    return root ? trace.inputs().stream().findFirst().map(Value::tensorType) : called;
  }

  private Optional<ModuleCall> called(String path) {
    return trace.calls().reversed().stream().filter(call -> call.path().equals(path)).findFirst();
  }

  /** What the module gave last: from its own call where it has one, else its last node's. */
  private Optional<TensorType> output(String path) {
    Optional<TensorType> called = called(path).map(ModuleCall::outputs).map(List::getFirst);
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

  /** The modules, depth first, each once. */
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  /** The sums over all modules. */
  public Row total() {
    return new Row(
        "",
        "total",
        0,
        rows.getFirst().input(),
        rows.getFirst().output(),
        rows.stream().mapToLong(Row::parameters).sum(),
        rows.stream().mapToLong(Row::trainable).sum(),
        rows.stream().mapToLong(Row::multiplyAdds).sum(),
        rows.stream().mapToLong(Row::bytes).sum());
  }

  /** Bytes of the tensors that the model is given. */
  public long inputBytes() {
    return trace.inputs().stream().mapToLong(this::bytes).sum();
  }

  /** Bytes of all values that nodes compute. */
  public long activationBytes() {
    return trace.nodes().stream()
        .flatMap(node -> node.outputs().stream())
        .mapToLong(this::bytes)
        .sum();
  }

  private long bytes(Value value) {
    TensorType type = value.tensorType().bind(sizes);
    return type.shape().isFixed() ? type.dtype().bytes(type.shape().elements().fixed()) : 0;
  }

  /** The sizes that symbols were counted with. */
  public Map<String, Long> symbols() {
    return Collections.unmodifiableMap(sizes);
  }

  /** A line for each module, then the totals. */
  @Override
  public String toString() {
    var table =
        new Table("layer (type)", "input shape", "output shape", "parameters", "multiply-adds");
    for (Row row : rows) {
      String name = row.path().substring(row.path().lastIndexOf('.') + 1);
      table.row(
          "  ".repeat(row.depth()) + (name.isEmpty() ? row.type() : name + " (" + row.type() + ")"),
          row.input(),
          row.output(),
          count(row.parameters()),
          count(row.multiplyAdds()));
    }
    Row total = total();
    long all = inputBytes() + activationBytes() + total.bytes();
    return table
        + """

        parameters: %,d (trainable %,d, frozen %,d)
        multiply-adds: %,d
        memory: inputs %.2f MB, activations %.2f MB, weights %.2f MB, together %.2f MB
        """
            .formatted(
                total.parameters(),
                total.trainable(),
                total.parameters() - total.trainable(),
                total.multiplyAdds(),
                inputBytes() / MEGA,
                activationBytes() / MEGA,
                total.bytes() / MEGA,
                all / MEGA)
        + (sizes.isEmpty() ? "" : "counted with " + sizes + "\n");
  }

  private static String count(long value) {
    return value == 0 ? "-" : "%,d".formatted(value);
  }
}
