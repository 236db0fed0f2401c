package dev.sardonyx.api.trace;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.error.SourceLocation;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Recorder;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.tensor.TracedTensor;
import dev.sardonyx.api.tensor.Variable;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Records operations as nodes of one graph; parameters become initializers when first used. */
final class GraphRecorder implements Recorder {
  private final GraphBuilder builder;
  private final ModulePaths paths;
  private final Map<Variable, String> variableNames = new IdentityHashMap<>();
  private final Map<Tensor, Value> lifted = new IdentityHashMap<>();
  private final Map<String, Value> traced = new LinkedHashMap<>();
  private final List<Tensor> inputs = new ArrayList<>();
  private final Map<String, Choice> chosen = new LinkedHashMap<>();
  private final List<ModuleCall> calls = new ArrayList<>();

  GraphRecorder(String graphName, NnModule root) {
    builder = new GraphBuilder(graphName);
    paths = new ModulePaths(root);
    root.namedParameters().forEach((name, variable) -> variableNames.put(variable, name));
    root.namedBuffers().forEach((name, variable) -> variableNames.put(variable, name));
    builder.reserve(variableNames.values());
  }

  TracedTensor input(String name, TensorType type) {
    TracedTensor input = tensor(builder.input(name, type));
    inputs.add(input);
    return input;
  }

  @Override
  public List<Tensor> inputs() {
    return List.copyOf(inputs);
  }

  List<ModuleCall> calls() {
    return List.copyOf(calls);
  }

  GraphBuilder builder() {
    return builder;
  }

  @Override
  public List<Tensor> record(Op op, List<Optional<Tensor>> inputs, int most) {
    List<Value> values =
        inputs.stream().map(input -> input.map(this::value).orElse(Value.absent())).toList();
    Optional<SourceLocation> source = SourceLocation.ofCaller();
    Node node = builder.add(op, values, most, new Origin(paths.current(), source));
    return node.outputs().stream().<Tensor>map(this::tensor).toList();
  }

  private TracedTensor tensor(Value value) {
    traced.put(value.name(), value);
    return new TracedTensor(
        this, value.name(), value.tensorType(), builder.known(value).contents());
  }

  /** The graph's value for a tensor of any life: recorded here, a module's variable, a constant. */
  Value value(Tensor tensor) {
    return switch (tensor) {
      case TracedTensor known -> own(known);
      case Variable variable ->
          lifted.computeIfAbsent(
              variable, _ -> builder.initializer(nameOf(variable), variable.dense()));
      case DenseTensor constant ->
          lifted.computeIfAbsent(constant, _ -> builder.constant(constant));
    };
  }

  private Value own(TracedTensor tensor) {
    Value value = traced.get(tensor.name());
    if (tensor.recorder() != this || value == null) {
      throw new SardonyxException(
          ErrorCode.MODEL,
          "tensor " + tensor + " comes from another trace; a module must not keep traced tensors");
    }
    return value;
  }

  private String nameOf(Variable variable) {
    String name = variableNames.get(variable);
    if (name == null) {
      throw new SardonyxException(
              ErrorCode.MODEL,
              "a parameter or buffer of "
                  + variable.type()
                  + " is used in forward but is not part of the module; annotate its field with"
                  + " @Layer")
          .at(SourceLocation.ofCaller().map(SourceLocation::toString).orElse("forward"));
    }
    return name;
  }

  @Override
  public void choose(Object container, String member, List<String> members) {
    paths
        .pathOf(container)
        .ifPresent(path -> chosen.computeIfAbsent(path, _ -> new Choice(members)).take(member));
  }

  /** What forward took from each container that has more than that, as the graph's metadata. */
  Map<String, String> choices() {
    Map<String, String> result = new LinkedHashMap<>();
    chosen.forEach(
        (path, choice) -> {
          if (choice.isOne()) {
            result.put(Graph.CHOICE + path, String.join(", ", choice.taken()));
          }
        });
    return result;
  }

  /** Members of a container and which of them forward took. */
  private record Choice(List<String> members, Set<String> taken) {
    Choice(List<String> members) {
      this(members, new LinkedHashSet<>());
    }

    void take(String member) {
      taken.add(member);
    }

    boolean isOne() {
      return taken.size() < members.size();
    }
  }

  @Override
  public List<Tensor> inModule(Object module, List<Tensor> inputs, Supplier<List<Tensor>> forward) {
    if (paths.isInnermost(module)) {
      return forward.get(); // its caller, such as Sequential, has entered it for it
    }
    String path = paths.enter(module);
    int first = builder.nodes().size();
    try {
      List<Tensor> outputs = forward.get();
      calls.add(new ModuleCall(path, types(inputs), types(outputs), first, builder.nodes().size()));
      return outputs;
    } catch (SardonyxException error) {
      throw error.at(place(path));
    } finally {
      paths.leave();
    }
  }

  /** Module path and source line, as far as they are known; the path of the root is empty. */
  private static String place(String path) {
    String line = SourceLocation.ofCaller().map(SourceLocation::toString).orElse("");
    String between = path.isEmpty() || line.isEmpty() ? "" : ", ";
    return path.isEmpty() && line.isEmpty() ? "forward" : path + between + line;
  }

  private static List<TensorType> types(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::type).toList();
  }
}
