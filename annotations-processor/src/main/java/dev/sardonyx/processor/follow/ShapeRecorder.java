package dev.sardonyx.processor.follow;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Recorder;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.tensor.TracedTensor;
import dev.sardonyx.api.tensor.Variable;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Records nothing but types: each operator infers them as in any trace. */
final class ShapeRecorder implements Recorder {
  private final Chain chain;
  private final Map<Object, String> labels = new IdentityHashMap<>();
  private final List<Failure> failures = new ArrayList<>();
  private final List<Tensor> inputs = new ArrayList<>();
  private int count;

  /** A module whose forward failed, and how what it was given came to be. */
  record Failure(Object module, List<String> chains) {}

  ShapeRecorder(Chain chain) {
    this.chain = chain;
  }

  /** A new input of the model. */
  Tensor input(String name, TensorType type) {
    Tensor tensor = new TracedTensor(this, name, type, Optional.empty());
    inputs.add(tensor);
    chain.input(tensor, name);
    return tensor;
  }

  /** A new tensor of which the type alone is known. */
  Tensor tensor(TensorType type) {
    return tensor(type, Optional.empty());
  }

  private Tensor tensor(TensorType type, Optional<List<Dim>> contents) {
    return new TracedTensor(this, "tensor_" + count++, type, contents);
  }

  /** What the messages call modules. */
  void label(Map<String, ? extends Object> modules) {
    modules.forEach((path, module) -> labels.putIfAbsent(module, path));
  }

  /** The path of a module, empty for the model itself and for what is no part of it. */
  String label(Object module) {
    return labels.getOrDefault(module, "");
  }

  /** The modules that the last failure went through, innermost first, and nothing after that. */
  List<Failure> takeFailures() {
    List<Failure> taken = List.copyOf(failures);
    failures.clear();
    return taken;
  }

  @Override
  public List<Tensor> record(Op op, List<Optional<Tensor>> operands, int most) {
    var in = new Inputs(op.name(), operands.stream().map(each -> each.map(this::known)).toList());
    List<ValueType> types = op.infer(in);
    List<Tensor> outputs = new ArrayList<>();
    for (int i = 0; i < Math.min(most, types.size()); i++) {
      if (!(types.get(i) instanceof TensorType type)) {
        throw new UnknownResult();
      }
      Optional<List<Dim>> contents = i == 0 ? op.contents(in) : Optional.empty();
      boolean constant = operands.stream().flatMap(Optional::stream).allMatch(this::isConstant);
      outputs.add(constant ? constant(type, contents) : tensor(type, contents));
    }
    return outputs;
  }

  private boolean isConstant(Tensor tensor) {
    return switch (tensor) {
      case TracedTensor _ -> false;
      case Variable _, DenseTensor _ -> true;
    };
  }

  /** What a constructor computes is no part of a trace: it may become a parameter or buffer. */
  private Tensor constant(TensorType type, Optional<List<Dim>> contents) {
    boolean numbers = contents.isPresent() && contents.get().stream().allMatch(Dim::isFixed);
    if (!type.shape().isFixed() || (contents.isPresent() && !numbers)) {
      return tensor(type, contents);
    }
    if (numbers && type.dtype() == DType.INT64) {
      long[] elements = contents.get().stream().mapToLong(Dim::fixed).toArray();
      return Tensor.of(elements, type.shape().sizes());
    }
    return numbers
        ? tensor(type, contents)
        : DenseTensor.deferred(type.dtype(), type.shape(), ShapeRecorder::noData);
  }

  private static MemorySegment noData() {
    throw new SardonyxException(
        ErrorCode.TRACED_CONTENTS, "nothing is computed while a model is compiled");
  }

  private Inputs.Input known(Tensor tensor) {
    return switch (tensor) {
      case TracedTensor traced ->
          new Inputs.Input(traced.type(), traced.contents(), Optional.empty());
      case Variable variable -> known(variable.dense());
      case DenseTensor dense -> known(dense);
    };
  }

  /** Weights have no data here. */
  private static Inputs.Input known(DenseTensor tensor) {
    return tensor.source().isPresent()
        ? Inputs.Input.of(tensor.type())
        : GraphInference.constant(tensor);
  }

  @Override
  public List<Tensor> inputs() {
    return List.copyOf(inputs);
  }

  @Override
  public void choose(Object container, String member, List<String> members) {}

  @Override
  public List<Tensor> inModule(Object module, List<Tensor> given, Supplier<List<Tensor>> forward) {
    chain.enter();
    List<Tensor> outputs;
    try {
      outputs = forward.get();
    } catch (SardonyxException error) {
      failures.add(new Failure(module, chain.to(given)));
      throw error;
    } finally {
      chain.leave();
    }
    String label = label(module);
    if (!label.isEmpty() && !given.isEmpty()) {
      outputs.forEach(output -> chain.made(output, label, given.getFirst()));
    }
    return outputs;
  }
}
