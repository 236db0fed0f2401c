package dev.sardonyx.runtime.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.AutoPad;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.NormalizationOp.Softmax;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.PredicateOp;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.Where;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.engine.Graphs;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputPlanTest {
  private final GraphBuilder builder = new GraphBuilder("net");

  private Value input(String name, DType dtype, String... dims) {
    return builder.input(name, TensorType.of(dtype, dims));
  }

  private Value constant(String name, Tensor tensor) {
    return builder.initializer(name, tensor.dense());
  }

  private Value add(Op op, Value... inputs) {
    return builder.add(op, List.of(inputs), Origin.unknown()).output();
  }

  private Graph graph(Value... outputs) {
    return builder.build(List.of(outputs), Map.of());
  }

  private static DenseTensor drawn(Graph graph, String name) {
    InputSet set = new InputPlan(graph).sizes(Map.of(), 4).draw(0);
    return ((Tensor) Graphs.named(set.values(), name)).dense();
  }

  private static String told(Graph graph, String name) {
    return Graphs.named(new InputPlan(graph).draw(0).told(), name);
  }

  @Test
  void idsStayWithinTheSmallestTableThatTheyChooseFrom() {
    Value ids = input("ids", DType.INT64, "batch", "n");
    Value shape = constant("shape", Tensor.of(new long[] {-1}, 1));
    Value flat = add(new Reshape(false), add(new Cast(DType.INT32), ids), shape);
    Value words = add(new Gather(0), constant("words", Tensor.zeros(50, 8)), flat);
    Value kinds = add(new Gather(1), constant("kinds", Tensor.zeros(8, 9)), ids);
    Graph graph = graph(words, kinds);
    assertThat(Arrays.stream(drawn(graph, "ids").longs()).boxed())
        .contains(0L, 8L)
        .allMatch(id -> id >= 0 && id < 9);
    assertThat(told(graph, "ids"))
        .isEqualTo("token ids below 9, because it chooses rows of kinds; seed 0");
  }

  @ParameterizedTest
  @CsvSource({"INT64", "BOOL"})
  void masksHideSomeOfEachRowButNeverAll(DType dtype) {
    Value hide = input("hide", dtype, "batch", "6");
    Value scores = input("scores", DType.FLOAT32, "batch", "6");
    Value seen = dtype == DType.BOOL ? hide : add(new Cast(DType.BOOL), hide);
    Value least = constant("least", Tensor.of(new float[] {-1e9f}, 1));
    Value masked = add(new Where(), add(new PredicateOp.Not(), seen), least, scores);
    Graph graph = graph(add(new Softmax(-1), masked));
    assertHidesSome(drawn(graph, "hide").convert(DType.INT64).longs());
    assertThat(told(graph, "hide")).contains("mask", "hides scores from softmax");
    assertThat(told(graph, "scores")).startsWith("normal;");
  }

  private static void assertHidesSome(long[] mask) {
    for (int row = 0; row < mask.length / 6; row++) {
      long sum = 0;
      for (int i = 0; i < 6; i++) {
        sum += mask[6 * row + i];
      }
      assertThat(sum).as("row " + row).isBetween(1L, 5L);
    }
  }

  @Test
  void whatIsAddedToScoresIsAMaskAndWhatIsSummedUpIsNone() {
    Value mask = input("seen", DType.INT32, "batch", "6");
    Value count = input("count", DType.INT32, "batch", "6");
    Value scores = input("scores", DType.FLOAT32, "batch", "6");
    Value bias = add(new BinaryOp.Add(), scores, add(new Cast(DType.FLOAT32), mask));
    Graph graph = graph(add(new Softmax(-1), bias), add(new Cast(DType.FLOAT32), count));
    assertHidesSome(drawn(graph, "seen").convert(DType.INT64).longs());
    assertThat(told(graph, "count")).startsWith("by type");
  }

  @Test
  void wholeNumbersThatAreNamedMaskAreOne() {
    Value mask = input("attention_mask", DType.INT64, "batch", "6");
    assertThat(told(graph(add(new Cast(DType.FLOAT32), mask)), "attention_mask"))
        .contains("mask", "named so");
  }

  private Value conv(Value x, int channels) {
    Value weights = constant("w", Tensor.zeros(4, channels, 3, 3));
    List<Integer> ones = List.of(1, 1);
    List<Integer> pads = List.of(0, 0, 0, 0);
    var window = new Window(List.of(3, 3), ones, ones, pads, AutoPad.NOTSET, false);
    return add(new Conv(window, 1), x, weights);
  }

  @Test
  void picturesThatReachAConvolutionAreLikePhotographs() {
    Value x = input("x", DType.FLOAT32, "batch", "32", "32", "3");
    Value half = constant("half", Tensor.of(new float[] {0.5f}, 1));
    Value first = add(new Transpose(List.of(0, 3, 1, 2)), add(new BinaryOp.Mul(), x, half));
    Graph graph = graph(conv(first, 3));
    assertThat(told(graph, "x")).contains("image-like noise", "it reaches conv");
    assertThat(drawn(graph, "x").type()).hasToString("float32[4, 32, 32, 3]");
  }

  @ParameterizedTest
  @CsvSource({"3, 8", "4, 32"})
  void whatIsTooSmallOrHasOtherChannelsIsNoPicture(int channels, String side) {
    Value x = input("x", DType.FLOAT32, "batch", "" + channels, side, side);
    assertThat(told(graph(conv(x, channels)), "x")).startsWith("normal;");
  }

  @Test
  void aSeedGivesTheSameValuesWhateverOthersAreGiven() {
    Value x = input("x", DType.FLOAT32, "batch", "3");
    Value y = input("y", DType.FLOAT32, "batch", "3");
    Graph graph = graph(add(new BinaryOp.Add(), x, y));
    float[] free = floats(new InputPlan(graph).sizes(Map.of(), 2).draw(5), "x");
    InputSet fixed = new InputPlan(graph).give("y", Tensor.ones(2, 3), "ones.npy").draw(5);
    assertThat(floats(fixed, "x")).as("the symbol's size is that of y").isEqualTo(free);
    assertThat(fixed.lines()).contains("input y: ones.npy");
    assertThat(floats(new InputPlan(graph).sizes(Map.of(), 2).draw(6), "x")).isNotEqualTo(free);
    assertThat(floats(fixed, "x")).isNotEqualTo(floats(fixed, "y"));
  }

  private static float[] floats(InputSet set, String name) {
    return ((Tensor) Graphs.named(set.values(), name)).floats();
  }

  @Test
  void whatIsAskedForIsDrawnWhereItFits() {
    Value x = input("x", DType.FLOAT32, "2", "3");
    Value n = input("n", DType.UINT8, "6");
    Graph graph = graph(x, n);
    var plan = new InputPlan(graph).draw("n", Optional.of(new Distribution.Ramp(3, 5)));
    plan.drawOthers(new Distribution.Constant(7));
    InputSet set = plan.draw(0);
    assertThat(floats(set, "x")).containsOnly(7);
    assertThat(((Tensor) Graphs.named(set.values(), "n")).dense().convert(DType.INT64).longs())
        .containsExactly(3, 4, 5, 3, 4, 5);
    assertThatThrownBy(() -> plan.draw("n", Optional.of(new Distribution.Uniform(0, 256))))
        .hasMessageContaining("n: uint8[6] cannot be uniform from 0 to 256");
    assertThatThrownBy(() -> plan.draw("x", Optional.of(new Distribution.Image())))
        .hasMessageContaining("[N, C, H, W]");
    assertThatThrownBy(() -> plan.draw("z", Optional.empty()))
        .hasMessageContaining("there is no input 'z'; net takes [x");
    var ids = new InputPlan(graph).draw("n", Optional.of(new Distribution.Tokens(0)));
    assertThatThrownBy(() -> ids.draw(0)).hasMessageContaining("tokens:VOCABULARY");
  }
}
