package dev.sardonyx.api.trace;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.Descriptors;
import dev.sardonyx.api.nn.ModelDescriptor;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One run of forward with traced tensors, and the graph that came of it. A trace that fails keeps
 * the calls and nodes up to the failure, so that it can be shown how far the model is right.
 */
public final class Trace {
  private final GraphRecorder recorder;
  private final List<Value> inputs;
  private Optional<Graph> graph = Optional.empty();
  private Optional<SardonyxException> failure = Optional.empty();

  private Trace(String name, NnModule model, List<Value> inputs) {
    this.inputs = List.copyOf(inputs);
    recorder = new GraphRecorder(name, model);
  }

  /**
   * Traces a model with the inputs that it declares. Errors: MODEL when it declares none, or when
   * it is in training mode; what goes wrong in forward is the trace's {@link #failure}.
   */
  public static Trace of(NnModule model) {
    ModelDescriptor<NnModule> descriptor = Descriptors.of(model);
    if (descriptor.inputs().isEmpty()) {
      throw new SardonyxException(
          ErrorCode.MODEL,
          model.structure().typeName()
              + " does not declare its inputs: annotate the parameters of forward with @Input, or"
              + " trace it with given types");
    }
    return of(model, descriptor.inputs());
  }

  /** Traces a model with inputs of other types than it declares. Errors: as above. */
  public static Trace of(NnModule model, List<Value> inputs) {
    ModelDescriptor<NnModule> descriptor = Descriptors.of(model);
    int declared = descriptor.inputs().size();
    if (declared > 0 && declared != inputs.size()) {
      throw new SardonyxException(
          ErrorCode.MODEL,
          model.structure().typeName()
              + " takes "
              + descriptor.inputs()
              + ", but is traced with "
              + inputs);
    }
    return run(model, inputs, descriptor.outputs(), tensors -> descriptor.forward(model, tensors));
  }

  /** Traces a module of one input {@code x} and one output, annotated or not. Errors: as above. */
  public static Trace of(UnaryModule module, TensorType input) {
    return run(
        module,
        List.of(new Value("x", input)),
        List.of("output"),
        tensors -> List.of(Operations.inModule(module, tensors.getFirst(), module::forward)));
  }

  /**
   * Traces a module through a function that calls it: any number of inputs and outputs, annotated
   * or not. Errors: as above.
   */
  public static Trace of(
      NnModule module, List<Value> inputs, Function<List<Tensor>, List<Tensor>> forward) {
    return run(module, inputs, List.of(), forward);
  }

  private static Trace run(
      NnModule model,
      List<Value> inputs,
      List<String> outputNames,
      Function<List<Tensor>, List<Tensor>> forward) {
    if (model.isTraining()) {
      throw new SardonyxException(
          ErrorCode.MODEL,
          model.structure().typeName() + " is in training mode; call eval() before it is compiled");
    }
    var trace = new Trace(model.structure().typeName(), model, inputs);
    try {
      trace.graph = Optional.of(trace.record(inputs, outputNames, forward));
    } catch (SardonyxException error) {
      trace.failure = Optional.of(error);
    }
    return trace;
  }

  private Graph record(
      List<Value> inputs, List<String> names, Function<List<Tensor>, List<Tensor>> forward) {
    List<Tensor> given =
        inputs.stream()
            .<Tensor>map(input -> recorder.input(input.name(), input.tensorType()))
            .toList();
    List<Tensor> results = Operations.recording(recorder, () -> forward.apply(given));
    List<Value> values = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    inputs.forEach(input -> taken.add(input.name()));
    for (Tensor result : results) {
      values.add(outputValue(result, taken));
    }
    Graph built = recorder.builder().build(values, recorder.choices());
    return OutputNames.apply(built, names);
  }

  /** A value of its own for each output: an input, a weight or a repeated result is copied. */
  private Value outputValue(Tensor result, Set<String> taken) {
    Value value = recorder.value(result);
    boolean computed =
        recorder.builder().nodes().stream().anyMatch(node -> node.outputs().contains(value));
    if (computed && taken.add(value.name())) {
      return value;
    }
    return recorder.value(
        Operations.recording(recorder, () -> Operations.apply(new UnaryOp.Identity(), result)));
  }

  /** The graph. Errors: the failure, if forward failed. */
  public Graph graph() {
    return graph.orElseThrow(failure::orElseThrow);
  }

  /** What went wrong in forward. */
  public Optional<SardonyxException> failure() {
    return failure;
  }

  /** The inputs that the model was traced with. */
  public List<Value> inputs() {
    return inputs;
  }

  /** The calls of layers and containers, inner before outer, up to a failure. */
  public List<ModuleCall> calls() {
    return recorder.calls();
  }

  /** The nodes, up to a failure. */
  public List<Node> nodes() {
    return recorder.builder().nodes();
  }
}
