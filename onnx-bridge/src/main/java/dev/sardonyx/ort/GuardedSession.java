package dev.sardonyx.ort;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sardonyx.api.engine.Binding;
import dev.sardonyx.api.engine.Lifetime;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.Signature;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A session of ONNX Runtime that cannot crash the JVM: ONNX Runtime itself does when it is closed
 * under a running call, or run after that.
 */
final class GuardedSession implements Session {
  private final Graph graph;
  private final Carriage carriage;
  private final Divisions divisions;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Lifetime lifetime;
  private final boolean recurrent;
  private final OrtBindings bindings = new OrtBindings();

  /**
   * A session.
   *
   * @param carriage the graph in the form that ONNX Runtime can take and give
   * @param divisions the same in the form that ONNX Runtime was given
   */
  GuardedSession(
      Graph graph,
      Carriage carriage,
      Divisions divisions,
      OrtEnvironment environment,
      OrtSession session) {
    this.graph = graph;
    this.carriage = carriage;
    this.divisions = divisions;
    this.environment = environment;
    this.session = session;
    this.recurrent = graph.nodes().stream().anyMatch(node -> node.op() instanceof RecurrentOp);
    this.lifetime = new Lifetime("the session of " + graph.name(), this::release);
  }

  @Override
  public Graph graph() {
    return graph;
  }

  @Override
  public Map<String, Data> runData(Map<String, ? extends Data> inputs) {
    return lifetime.use(() -> runOpen(Signature.check(graph, inputs)));
  }

  /** ONNX Runtime 1.29 ends the process where a recurrent operator is given no rows. */
  private void requireRows(List<DenseTensor> inputs) {
    if (recurrent && inputs.stream().anyMatch(input -> input.elements() == 0)) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED,
          graph.name()
              + ": ONNX Runtime cannot run RNN, LSTM and GRU on empty inputs, found "
              + inputs.stream().map(Tensor::type).toList());
    }
  }

  private Map<String, Data> runOpen(List<Data> data) {
    List<DenseTensor> inputs = carriage.tensors(data);
    requireRows(inputs);
    Map<String, OnnxTensor> given = new LinkedHashMap<>();
    try (Arena arena = Arena.ofConfined()) {
      try {
        for (int i = 0; i < inputs.size(); i++) {
          String name = carriage.graph().inputs().get(i).name();
          given.put(name, OrtTensors.toOrt(environment, arena, name, inputs.get(i)));
        }
        return results(given);
      } finally {
        given.values().forEach(OnnxTensor::close); // before the memory that they lie in
      }
    } catch (OrtException error) {
      throw OrtLibrary.error("failed to run " + graph.name(), error);
    }
  }

  /** {@inheritDoc} What cannot lie in memory of its own beforehand is run and copied. */
  @Override
  public Binding bind(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    return lifetime.use(() -> tie(inputs, outputs));
  }

  private Binding tie(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    List<Data> data = Signature.check(graph, inputs);
    List<ValueType> types = data.stream().map(Data::type).toList();
    Optional<List<TensorType>> results = outputTypes(types);
    if (results.isEmpty()
        || !types.stream().allMatch(GuardedSession::canBePinned)
        || !divisions.traps().isEmpty()) {
      return Session.super.bind(inputs, outputs);
    }
    List<DenseTensor> given = carriage.tensors(data);
    List<MemorySegment> wanted = Signature.outputs(graph, results.get(), outputs);
    List<String> from = graph.inputs().stream().map(Value::name).toList();
    List<String> to = graph.outputs().stream().map(Value::name).toList();
    try {
      return bindings.add(
          new OrtBinding(this, environment, session, from, given, to, results.get(), wanted));
    } catch (OrtException error) {
      throw OrtLibrary.error("failed to bind " + graph.name(), error);
    }
  }

  /** The types of the outputs, where all are known beforehand and can be pinned. */
  private Optional<List<TensorType>> outputTypes(List<ValueType> types) {
    List<ValueType> results =
        GraphInference.infer(graph, types).outputs().stream().map(Value::type).toList();
    return results.stream().allMatch(GuardedSession::canBePinned)
        ? Optional.of(results.stream().map(TensorType.class::cast).toList())
        : Optional.empty();
  }

  private static boolean canBePinned(ValueType type) {
    return type instanceof TensorType tensor
        && tensor.shape().isFixed()
        && tensor.shape().elements().fixed() > 0
        && OrtTypes.javaType(tensor.dtype()).isPresent();
  }

  /** A run of a binding. */
  void run(OrtBinding binding) {
    lifetime.use(
        () -> {
          try {
            binding.runOpen();
            return this;
          } catch (OrtException error) {
            throw OrtLibrary.error("failed to run " + graph.name(), error);
          }
        });
  }

  private Map<String, Data> results(Map<String, OnnxTensor> given) throws OrtException {
    try (OrtSession.Result results = session.run(given)) {
      for (String trap : divisions.traps().keySet()) {
        OnnxValue truth = results.get(trap).orElseThrow();
        divisions.requireSafe(
            trap, OrtValues.fromOrt(trap, truth, new TensorType(DType.BOOL, Shape.unknown())));
      }
      Map<String, Data> outputs = new LinkedHashMap<>();
      for (int i = 0; i < graph.outputs().size(); i++) {
        Value output = graph.outputs().get(i);
        Value carried = carriage.graph().outputs().get(i);
        OnnxValue value = results.get(carried.name()).orElseThrow();
        Data result = OrtValues.fromOrt(output.name(), value, carried.type());
        outputs.put(output.name(), carriage.restored(output.name(), result));
      }
      return outputs;
    }
  }

  /** Ends the profiling that the session was opened with: the file that it has written. */
  Path endTrace() {
    return lifetime.use(
        () -> {
          try {
            return Path.of(session.endProfiling());
          } catch (OrtException error) {
            throw OrtLibrary.error("failed to tell the times of " + graph.name(), error);
          }
        });
  }

  @Override
  public void close() {
    lifetime.close();
  }

  private void release() {
    bindings.close();
    try {
      session.close();
    } catch (OrtException error) {
      throw OrtLibrary.error("failed to close " + graph.name(), error);
    }
  }
}
