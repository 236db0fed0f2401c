package dev.sardonyx.runtime.conformance;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.LinkedHashMap;
import java.util.Map;

/** Inputs that differ from those of a case in their floats alone. */
final class Perturbed {
  private Perturbed() {}

  /** The inputs, those in float32 by other numbers of the same size. */
  static Map<String, Data> of(Map<String, Data> inputs) {
    Map<String, Data> others = new LinkedHashMap<>();
    inputs.forEach((name, data) -> others.put(name, isFloats(data) ? other((Tensor) data) : data));
    return others;
  }

  private static boolean isFloats(Data data) {
    return data instanceof Tensor tensor && tensor.dtype() == DType.FLOAT32;
  }

  private static Tensor other(Tensor tensor) {
    float[] values = tensor.floats().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] / 2 + 0.25f;
    }
    return Tensor.of(values, tensor.shape().sizes());
  }

  /** Runs a session for nothing but its traces: other numbers may be refused. */
  static void run(Session session, Map<String, Data> inputs) {
    try {
      session.runData(inputs);
    } catch (SardonyxException refused) {
      if (refused.code() == ErrorCode.INTERRUPTED) {
        throw refused;
      }
    }
  }
}
