package dev.sardonyx.apitest;

import static dev.sardonyx.api.error.ErrorCode.ARGUMENT;
import static dev.sardonyx.api.error.ErrorCode.TRACED_CONTENTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.graph.GraphPrinter;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.Embedding;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.ManualModule;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.RNN;
import dev.sardonyx.api.nn.TransformerEncoder;
import dev.sardonyx.api.nn.TransformerEncoderLayer;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Generator;
import dev.sardonyx.api.tensor.Outline;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("default generator")
class OutlineTest {
  @Test
  void everyKindOfLayerIsAmongThoseThatAreTried() {
    Set<String> kinds =
        new ClassFileImporter()
            .importPackages("dev.sardonyx.api.nn").stream()
                .filter(kind -> kind.isAssignableTo(NnModule.class) && !kind.isInterface())
                .filter(kind -> !kind.getModifiers().contains(JavaModifier.ABSTRACT))
                .filter(kind -> !kind.getModifiers().contains(JavaModifier.SYNTHETIC))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());
    Set<String> tried =
        EveryLayer.all().stream()
            .map(one -> one.make().get().getClass().getSimpleName())
            .collect(Collectors.toSet());
    assertThat(tried).containsAll(kinds);
  }

  @Test
  void aLayerHasTheNamesTypesAndPrintThatItHasOutside() {
    for (EveryLayer.One one : EveryLayer.all()) {
      NnModule outside = one.make().get();
      NnModule inside = Outline.of(one.make());
      assertThat(types(inside)).isEqualTo(types(outside));
      assertThat(inside.describe()).isEqualTo(outside.describe());
    }
  }

  private static Map<String, String> types(NnModule module) {
    Map<String, String> result = new LinkedHashMap<>();
    module.namedParameters().forEach((name, value) -> result.put(name, value.type().toString()));
    module.namedBuffers().forEach((name, value) -> result.put(name, value.type().toString()));
    return result;
  }

  @Test
  void forwardRecordsTheGraphThatItRecordsOutside() {
    int compared = 0;
    for (EveryLayer.One one : EveryLayer.all()) {
      if (!one.inputs().isEmpty()) {
        List<String> outside = lines(one);
        assertThat(Outline.of(() -> lines(one))).isEqualTo(outside);
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(90);
  }

  private static List<String> lines(EveryLayer.One one) {
    List<Value> inputs = new ArrayList<>();
    for (TensorType type : one.inputs()) {
      inputs.add(new Value("x" + inputs.size(), type));
    }
    NnModule module = one.make().get();
    module.eval();
    Trace trace = Trace.of(module, inputs, given -> one.forward().apply(module, given));
    return trace.graph().nodes().stream().map(GraphPrinter::line).toList();
  }

  @Test
  void aHugeLayerCostsNothing() {
    Linear huge = Outline.of(() -> new Linear(1_000_000, 1_000_000));
    assertThat(huge.weight().type()).isEqualTo(TensorType.of(DType.FLOAT32, 1_000_000, 1_000_000));
    Embedding table = Outline.of(() -> new Embedding(2_000_000_000, 4096, o -> o.paddingIdx(0)));
    assertThat(table.weight().type()).isEqualTo(TensorType.of(DType.FLOAT32, 2_000_000_000, 4096));
    assertThat(Outline.of(() -> Tensor.eye(100_000)).numel().fixed()).isEqualTo(10_000_000_000L);
  }

  @Test
  void nothingIsDrawnFromTheDefaultGenerator() {
    Sardonyx.manualSeed(7);
    float[] expected = Generator.defaultGenerator().uniform(Shape.of(8), 0, 1).floats();
    Sardonyx.manualSeed(7);
    EveryLayer.all().forEach(one -> Outline.of(one.make()));
    assertThat(Generator.defaultGenerator().uniform(Shape.of(8), 0, 1).floats())
        .isEqualTo(expected);
  }

  @Test
  void whatIsSmallAndGivenKeepsItsData() {
    assertThat(Outline.of(() -> Tensor.scalar(2.5f)).floats()).containsExactly(2.5f);
    assertThat(Outline.of(() -> Tensor.of(new long[] {1, 64}, 2)).longs()).containsExactly(1, 64);
    assertThat(Outline.of(() -> Tensor.ones(64)).floats()).containsOnly(1);
    assertThat(Outline.is(Outline.of(() -> Tensor.ones(65)))).isTrue();
    assertThat(Outline.is(Outline.of(() -> Tensor.of(new float[65], 65)))).isTrue();
    assertThat(Outline.is(Tensor.ones(65))).isFalse();
    Shape one = Shape.of(1);
    assertThat(Outline.is(Outline.of(() -> new Generator(1).normal(one, 0, 1)))).isTrue();
  }

  @Test
  void whatIsMadeOfAnOutlineIsOne() {
    Linear layer = Outline.of(() -> new Linear(100, 3));
    Tensor weight = layer.weight();
    assertThat(Outline.is(weight.dense().convert(DType.FLOAT16))).isTrue();
    assertThat(weight.dense().convert(DType.FLOAT16).type().toString())
        .isEqualTo("float16[3, 100]");
    assertThat(weight.dense().reshaped(Shape.of(300)).type().toString()).isEqualTo("float32[300]");
    var encoder = Outline.of(() -> new TransformerEncoder(new TransformerEncoderLayer(512, 8), 12));
    assertThat(encoder.parameters()).allMatch(Outline::is);
  }

  @Test
  void dataThatIsNotThereIsAnErrorThatSaysSo() {
    Linear layer = Outline.of(() -> new Linear(100, 3));
    Errors.expect(
        TRACED_CONTENTS,
        () -> layer.weight().floats(),
        "a tensor float32[3, 100] has no data: it was made inside Outline.of");
    assertThat(layer.weight()).hasToString("float32[3, 100]");
  }

  @Test
  void argumentsAreCheckedAsOutside() {
    Errors.expect(ARGUMENT, () -> Outline.of(() -> new Linear(0, 3)), "Linear: inFeatures");
    Errors.expect(ARGUMENT, () -> Outline.of(() -> new RNN(3, 0)), "RNN: hiddenSize");
  }

  @Test
  void aModelOfAUsersOwnMayHoldTensors() {
    class Own extends ManualModule implements UnaryModule {
      final Tensor table = Tensor.zeros(1000, 1000);

      @Override
      public Tensor forward(Tensor x) {
        return x.matmul(table);
      }
    }

    Own own = Outline.of(Own::new);
    assertThat(Outline.of(() -> Graphs.lines(own, "batch", "1000")))
        .containsExactly("output: float32[batch, 1000] = MatMul(x, const_1)");
  }
}
