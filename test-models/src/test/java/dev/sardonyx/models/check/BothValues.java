package dev.sardonyx.models.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.MapData;
import dev.sardonyx.api.tensor.OptionalData;
import dev.sardonyx.api.tensor.SequenceData;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;

/** Graphs with values of all kinds on the native engine and on ONNX Runtime. */
final class BothValues {
  private static final double TOLERANCE = 1e-5;

  private BothValues() {}

  /** Demands the same outputs of both engines. */
  static void agree(Graph graph, Map<String, ? extends Data> inputs) {
    Map<String, Data> expected = run("ort", graph, inputs);
    Map<String, Data> found = run("native", graph, inputs);
    expected.forEach(
        (name, data) -> assertSame(name, Objects.requireNonNull(found.get(name), name), data));
  }

  static Map<String, Data> run(String engine, Graph graph, Map<String, ? extends Data> inputs) {
    try (Session session = Sardonyx.engine(engine).open(graph, SessionOptions.defaults())) {
      return session.runData(inputs);
    }
  }

  static void assertSame(String what, Data found, Data expected) {
    switch (expected) {
      case Tensor b -> assertSame(what, ((Tensor) found).dense(), b.dense());
      case SequenceData(_, List<Data> values) -> {
        List<Data> own = ((SequenceData) found).values();
        assertThat(own).as(what).hasSameSizeAs(values);
        for (int i = 0; i < values.size(); i++) {
          assertSame(what + "[" + i + "]", own.get(i), values.get(i));
        }
      }
      case OptionalData _, MapData _ -> throw new IllegalArgumentException(expected.toString());
    }
  }

  private static void assertSame(String what, DenseTensor found, DenseTensor expected) {
    assertThat(found.type()).as(what).isEqualTo(expected.type());
    if (expected.dtype() == DType.STRING) {
      assertThat(found.strings()).as(what).isEqualTo(expected.strings());
      return;
    }
    for (long i = 0; i < expected.elements(); i++) {
      double value = expected.doubleAt(i);
      assertThat(found.doubleAt(i))
          .as("%s, element %d", what, i)
          .isCloseTo(value, Offset.offset(TOLERANCE * Math.max(1, Math.abs(value))));
    }
  }
}
