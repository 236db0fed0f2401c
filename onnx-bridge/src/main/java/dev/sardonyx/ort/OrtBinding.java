package dev.sardonyx.ort;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sardonyx.api.engine.Binding;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A session tied to tensors that are made once. They lie in memory of their own, to and from which
 * each run copies, as the native engine does: the caller's might be closed under ONNX Runtime.
 */
final class OrtBinding implements Binding {

  /** A tensor of ONNX Runtime, its memory, and that of the caller. */
  private record Pair(OnnxTensor tensor, MemorySegment memory, MemorySegment given) {}

  /** ONNX Runtime's side of a binding, to be freed with it. */
  record Pinned(OrtSession session, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs)
      implements AutoCloseable {
    @Override
    public void close() {
      inputs.values().forEach(OnnxTensor::close);
      outputs.values().forEach(OnnxTensor::close);
    }
  }

  private final GuardedSession owner;
  private final Pinned pinned;
  private final Map<String, Pair> inputs = new LinkedHashMap<>();
  private final Map<String, Pair> outputs = new LinkedHashMap<>();

  /**
   * A binding of a session to tensors in the order of their names.
   *
   * @throws OrtException where ONNX Runtime refuses a tensor
   */
  OrtBinding(
      GuardedSession owner,
      OrtEnvironment environment,
      OrtSession session,
      List<String> inputNames,
      List<DenseTensor> given,
      List<String> outputNames,
      List<TensorType> types,
      List<MemorySegment> wanted)
      throws OrtException {
    this.owner = owner;
    Arena arena = Arena.ofAuto();
    for (int i = 0; i < given.size(); i++) {
      String name = inputNames.get(i);
      MemorySegment from = given.get(i).segment();
      inputs.put(name, pair(environment, arena, name, given.get(i).type(), from));
    }
    for (int i = 0; i < wanted.size(); i++) {
      String name = outputNames.get(i);
      outputs.put(name, pair(environment, arena, name, types.get(i), wanted.get(i)));
    }
    pinned = new Pinned(session, tensors(inputs), tensors(outputs));
  }

  private static Pair pair(
      OrtEnvironment environment, Arena arena, String name, TensorType type, MemorySegment given)
      throws OrtException {
    MemorySegment memory = arena.allocate(given.byteSize(), OrtTensors.ALIGNMENT);
    return new Pair(OrtTensors.over(environment, memory, name, type), memory, given);
  }

  private static Map<String, OnnxTensor> tensors(Map<String, Pair> pairs) {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    pairs.forEach((name, pair) -> tensors.put(name, pair.tensor()));
    return tensors;
  }

  /** What has to be closed when nobody runs this any more. */
  Pinned pinned() {
    return pinned;
  }

  @Override
  public void run() {
    owner.run(this);
    Reference.reachabilityFence(this); // what is pinned lives as long as this does
  }

  /** Runs while the session is open. */
  void runOpen() throws OrtException {
    for (Pair pair : inputs.values()) {
      pair.memory().copyFrom(pair.given());
    }
    pinned.session().run(pinned.inputs(), pinned.outputs()).close(); // which leaves what is pinned
    for (Pair pair : outputs.values()) {
      pair.given().copyFrom(pair.memory());
    }
  }
}
