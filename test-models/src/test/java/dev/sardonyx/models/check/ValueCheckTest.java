package dev.sardonyx.models.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.MlOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Operators;
import dev.sardonyx.api.op.SequenceOp;
import dev.sardonyx.api.op.TextOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.OptionalType;
import dev.sardonyx.api.type.SequenceType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.onnx.Onnx;
import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.check.CrossCheck;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cross-check takes values of every kind that ONNX Runtime does, and compares within them. */
class ValueCheckTest {
  private static final TensorType FLOATS = TensorType.of(DType.FLOAT32, "n", "2");

  private final GraphBuilder builder = new GraphBuilder("values");

  private Value add(Op op, Value... inputs) {
    return builder.add(op, List.of(inputs), Origin.unknown()).output();
  }

  private static CheckReport check(Graph graph) {
    CheckReport report =
        CrossCheck.of(graph).engines("native", "ort").timing(Duration.ZERO).run().orThrow();
    assertThat(report.nodes()).isEqualTo(graph.nodes().size());
    assertThat(report.notes()).isEmpty();
    return report;
  }

  private void assertOutput(Value output, String type) {
    CheckReport report = check(builder.build(List.of(output), Map.of()));
    assertThat(report.rows())
        .singleElement()
        .satisfies(row -> assertThat(row.comparison().type()).hasToString(type));
  }

  @Test
  void sequences() {
    Value list = builder.input("list", new SequenceType(FLOATS));
    Value neg = add(new UnaryOp.Neg(), builder.input("x", FLOATS));
    assertOutput(add(new SequenceOp.SequenceInsert(), list, neg), "sequence(float32[?, 2])");
  }

  @Test
  void optionals() {
    Value maybe = builder.input("maybe", new OptionalType(FLOATS));
    assertOutput(add(new UnaryOp.Identity(), maybe), "optional(float32[n, 2])");
  }

  @Test
  void strings() {
    Value words = builder.input("words", new TensorType(DType.STRING, Shape.of(3)));
    Value twice = add(new TextOp.StringConcat(), words, words);
    assertOutput(add(new TextOp.StringConcat(), twice, words), "string[3]");
  }

  @Test
  void maps() {
    var labels = new Attribute.Strings(List.of("b", "a"));
    Op zip =
        Operators.read(MlOp.DOMAIN, "ZipMap", Attributes.none().with("classlabels_strings", labels))
            .orElseThrow();
    check(builder.build(List.of(add(zip, builder.input("x", FLOATS))), Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nested", "growing", "until", "scan", "sequence"})
  void nodesWithGraphsOfTheirOwnAreComparedAsAWhole(String name) throws IOException {
    String file = "/control/" + name + ".onnx";
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(file), file)) {
      check(Onnx.read(in.readAllBytes(), name));
    }
  }
}
