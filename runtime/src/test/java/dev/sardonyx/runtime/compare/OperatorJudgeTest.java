package dev.sardonyx.runtime.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.AutoPad;
import dev.sardonyx.api.op.DynamicQuantizeLinear;
import dev.sardonyx.api.op.Granularity;
import dev.sardonyx.api.op.IntegerProductOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Precision;
import dev.sardonyx.api.op.QuantizeLinear;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.TopK;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Where several results of an operator are right, each of them passes, and no other does. */
class OperatorJudgeTest {
  private static final Op ARG_MAX = new ReductionOp.Arg(true, 1, false, false);
  private static final Op QUANTIZE =
      new QuantizeLinear(new Granularity(1, 0), Optional.empty(), Optional.empty(), true);

  /** What an operator that rounds nothing is granted. */
  private static final Function<DType, Tolerance> EXACT = _ -> Tolerance.EXACT;

  private static final Function<DType, Tolerance> MODEL = Tolerance::ofModel;
  private static final Function<DType, Tolerance> OPERATOR =
      dtype -> Tolerance.ofOperator(Precision.ROUNDED, dtype);

  private static Comparison judge(
      Op op,
      Function<DType, Tolerance> tolerance,
      int output,
      Tensor found,
      Tensor expected,
      Tensor... inputs) {
    Map<String, Tensor> known = new LinkedHashMap<>();
    List<Value> taken = new ArrayList<>();
    for (Tensor input : inputs) {
      String name = "in" + taken.size();
      taken.add(new Value(name, input.type()));
      known.put(name, input);
    }
    List<Value> given =
        List.of(new Value("out0", expected.type()), new Value("out1", expected.type()));
    var node = new Node("node", op, taken, given, Origin.unknown());
    return new OperatorJudge(node, known).compare("out" + output, found, expected, tolerance);
  }

  private static Tensor floats(float... values) {
    return Tensor.of(values, values.length);
  }

  private static Tensor row(float... values) {
    return Tensor.of(values, 1, values.length);
  }

  private static Tensor indices(long... values) {
    return Tensor.of(values, 1, values.length);
  }

  private static DenseTensor bytes(int... values) {
    return Tensor.of(values, values.length).dense().convert(DType.UINT8);
  }

  private static DenseTensor bytes(DenseTensor flat, long... sizes) {
    return flat.reshaped(Shape.of(sizes));
  }

  @Test
  void anIndexOfAnEqualIsATie() {
    Tensor x = row(1, 3, 3, 2);
    Tensor first = Tensor.of(new long[] {1}, 1);
    Comparison last = judge(ARG_MAX, EXACT, 0, Tensor.of(new long[] {2}, 1), first, x);
    assertThat(last.passes()).isTrue();
    assertThat(last.tied()).isEqualTo(1);
    assertThat(last.severity()).isZero();
    assertThat(judge(ARG_MAX, EXACT, 0, first, first, x).tied()).isZero();
  }

  @Test
  void anIndexOfAnotherIsNone() {
    Tensor x = row(1, 3, 3, 2);
    Tensor first = Tensor.of(new long[] {1}, 1);
    for (long wrong : new long[] {0, 3, 4, -1}) {
      Comparison found = judge(ARG_MAX, EXACT, 0, Tensor.of(new long[] {wrong}, 1), first, x);
      assertThat(found.passes()).as("%s", wrong).isFalse();
      assertThat(found.severity()).isInfinite();
    }
  }

  @Test
  void anotherPastMayChooseWhatIsAsNearAsTheToleranceLetsItBe() {
    Tensor x = row(1, 2.9999f, 3, 2);
    Tensor found = Tensor.of(new long[] {1}, 1);
    Tensor expected = Tensor.of(new long[] {2}, 1);
    assertThat(judge(ARG_MAX, EXACT, 0, found, expected, x).passes()).isFalse();
    assertThat(judge(ARG_MAX, MODEL, 0, found, expected, x).tied()).isEqualTo(1);
    Tensor far = row(1, 2.99f, 3, 2);
    assertThat(judge(ARG_MAX, MODEL, 0, found, expected, far).passes()).isFalse();
  }

  @Test
  void whereElementsAreNotBoundedTheNormIs() {
    Function<DType, Tolerance> stored = dtype -> Tolerance.ofModel(dtype).widenedByAll(1e-3);
    Tensor found = Tensor.of(new long[] {0}, 1);
    Tensor expected = Tensor.of(new long[] {2}, 1);
    assertThat(judge(ARG_MAX, stored, 0, found, expected, row(1, 2, 3, 2)).passes()).isFalse();
    assertThat(judge(ARG_MAX, stored, 0, found, expected, row(2.99f, 2, 3, 2)).tied()).isEqualTo(1);
  }

  @Test
  void lanesOfAnyAxisAreTold() {
    Tensor x = Tensor.of(new float[] {5, 1, 7, 5, 4, 7}, 3, 2); // columns 5 7 4 and 1 5 7
    Op columns = new ReductionOp.Arg(true, 0, true, false);
    Tensor right = Tensor.of(new long[] {1, 2}, 1, 2);
    assertThat(judge(columns, EXACT, 0, Tensor.of(new long[] {0, 2}, 1, 2), right, x).passes())
        .isFalse();
    Tensor tied = Tensor.of(new float[] {7, 1, 7, 5, 4, 7}, 3, 2);
    assertThat(judge(columns, EXACT, 0, Tensor.of(new long[] {0, 2}, 1, 2), right, tied).tied())
        .isEqualTo(1);
  }

  @Test
  void sortedIndicesPointAtEqualsRankByRank() {
    Op top = new TopK(1, true, true);
    Tensor x = row(4, 9, 4, 1);
    Tensor k = Tensor.of(new long[] {3}, 1);
    Tensor right = indices(1, 0, 2);
    assertThat(judge(top, EXACT, 1, indices(1, 2, 0), right, x, k).tied()).isEqualTo(2);
    assertThat(judge(top, EXACT, 1, indices(0, 1, 2), right, x, k).passes()).isFalse();
    assertThat(judge(top, EXACT, 1, indices(1, 2, 2), right, x, k).passes())
        .as("one twice")
        .isFalse();
    assertThat(judge(top, EXACT, 1, indices(1, 0, 3), right, x, k).passes()).isFalse();
  }

  @Test
  void whatIsNotSortedIsASet() {
    Op top = new TopK(1, true, false);
    Tensor x = row(4, 9, 6, 4);
    Tensor k = Tensor.of(new long[] {3}, 1);
    assertThat(judge(top, EXACT, 0, row(4, 6, 9), row(9, 6, 4), x, k).passes()).isTrue();
    assertThat(judge(top, EXACT, 0, row(4, 4, 9), row(9, 6, 4), x, k).passes()).isFalse();
    assertThat(judge(top, EXACT, 1, indices(3, 2, 1), indices(1, 2, 0), x, k).passes()).isTrue();
    assertThat(judge(top, EXACT, 1, indices(0, 3, 1), indices(1, 2, 0), x, k).passes()).isFalse();
    Op sorted = new TopK(1, true, true);
    assertThat(judge(sorted, EXACT, 0, row(4, 6, 9), row(9, 6, 4), x, k).passes()).isFalse();
  }

  @Test
  void aQuantisationMayGoToEitherSideOfTheMiddle() {
    Tensor x = floats(2.5f, 1.5000001f, 2.4f, 7); // in steps of 1
    Tensor scale = Tensor.scalar(1f);
    DenseTensor right = bytes(2, 2, 2, 7);
    Comparison found = judge(QUANTIZE, OPERATOR, 0, bytes(3, 1, 2, 7), right, x, scale);
    assertThat(found.passes()).isTrue();
    assertThat(found.tied()).isEqualTo(2);
    assertThat(judge(QUANTIZE, OPERATOR, 0, bytes(2, 2, 3, 7), right, x, scale).outside())
        .as("2.4 is no 3")
        .isEqualTo(1);
    assertThat(judge(QUANTIZE, OPERATOR, 0, bytes(1, 2, 2, 7), right, x, scale).outside())
        .as("2.5 is no 1")
        .isEqualTo(1);
    assertThat(judge(QUANTIZE, OPERATOR, 0, bytes(4, 2, 2, 7), right, x, scale).outside())
        .as("two steps")
        .isEqualTo(1);
  }

  @Test
  void eachChannelHasItsSteps() {
    Tensor x = Tensor.of(new float[] {5, 5, 5, 5}, 2, 2);
    Tensor scales = floats(2, 4); // 2.5 and 1.25 steps
    DenseTensor zeros = bytes(10, 20);
    DenseTensor right = bytes(bytes(12, 21, 12, 21), 2, 2);
    DenseTensor first = bytes(bytes(13, 21, 13, 21), 2, 2);
    DenseTensor second = bytes(bytes(12, 22, 12, 21), 2, 2);
    assertThat(judge(QUANTIZE, OPERATOR, 0, first, right, x, scales, zeros).tied()).isEqualTo(2);
    assertThat(judge(QUANTIZE, OPERATOR, 0, second, right, x, scales, zeros).passes()).isFalse();
  }

  @Test
  void eachBlockHasItsSteps() {
    Op blocks = new QuantizeLinear(new Granularity(1, 2), Optional.empty(), Optional.empty(), true);
    Tensor x = Tensor.of(new float[] {5, 5, 5, 5, 5, 5}, 2, 3);
    Tensor scales = Tensor.of(new float[] {2, 4, 4, 2}, 2, 2); // 2.5 2.5 1.25, 1.25 1.25 2.5
    DenseTensor right = bytes(bytes(2, 2, 1, 1, 1, 2), 2, 3);
    DenseTensor found = bytes(bytes(3, 3, 1, 1, 1, 3), 2, 3);
    DenseTensor wrong = bytes(bytes(2, 2, 2, 1, 1, 2), 2, 3);
    assertThat(judge(blocks, OPERATOR, 0, found, right, x, scales).tied()).isEqualTo(3);
    assertThat(judge(blocks, OPERATOR, 0, wrong, right, x, scales).passes()).isFalse();
  }

  @Test
  void theRangeMakesTheStepsOfADynamicQuantisation() {
    Tensor x = floats(0, 255, 2.5f, 3.2f);
    Op op = new DynamicQuantizeLinear();
    DenseTensor right = bytes(0, 255, 2, 3);
    assertThat(judge(op, OPERATOR, 0, bytes(0, 255, 3, 3), right, x).tied()).isEqualTo(1);
    assertThat(judge(op, OPERATOR, 0, bytes(0, 255, 2, 4), right, x).passes()).isFalse();
  }

  @Test
  void productsAreTiesWhereTheyLieBetweenTwoSteps() {
    Tensor half = Tensor.scalar(0.5f);
    Tensor zero = bytes(bytes(0));
    DenseTensor a = bytes(bytes(1, 2), 1, 2);
    DenseTensor b = bytes(bytes(1, 2), 2, 1); // 5 * 0.5 * 0.5 / y_scale
    Op op = new IntegerProductOp.QLinearMatMul();
    DenseTensor found = bytes(bytes(3), 1, 1);
    DenseTensor right = bytes(bytes(2), 1, 1);
    assertThat(
            judge(op, OPERATOR, 0, found, right, a, half, zero, b, half, zero, half, zero).tied())
        .as("2.5")
        .isEqualTo(1);
    Tensor other = Tensor.scalar(0.6f);
    assertThat(
            judge(op, OPERATOR, 0, found, right, a, half, zero, b, half, zero, other, zero)
                .passes())
        .as("2.08")
        .isFalse();
  }

  @Test
  void soAreConvolutions() {
    Tensor one = Tensor.scalar(1f);
    Tensor two = Tensor.scalar(2f);
    Tensor zero = bytes(bytes(0));
    DenseTensor ten = bytes(bytes(10));
    DenseTensor x = bytes(bytes(1, 2, 3), 1, 1, 1, 3);
    DenseTensor w = bytes(bytes(1, 1), 1, 1, 1, 2);
    var window =
        new Window(
            List.of(1, 2),
            List.of(1, 1),
            List.of(1, 1),
            List.of(0, 1, 0, 0),
            AutoPad.NOTSET,
            false);
    Op op = new IntegerProductOp.QLinearConv(window, 1); // 0 + 1, 1 + 2, 2 + 3, all over 2
    DenseTensor right = bytes(bytes(10, 12, 12), 1, 1, 1, 3);
    DenseTensor found = bytes(bytes(11, 11, 13), 1, 1, 1, 3);
    assertThat(judge(op, OPERATOR, 0, found, right, x, one, zero, w, one, zero, two, ten).tied())
        .isEqualTo(3);
    Tensor bias = Tensor.of(new int[] {1}, 1); // 2, 4 and 6 over 2
    assertThat(
            judge(op, OPERATOR, 0, found, right, x, one, zero, w, one, zero, two, ten, bias).tied())
        .isZero();
  }

  @Test
  void groupsStridesAndDilationsAreFollowed() {
    Tensor one = Tensor.scalar(1f);
    Tensor two = Tensor.scalar(2f);
    Tensor zero = bytes(bytes(0));
    DenseTensor x = bytes(bytes(1, 9, 2, 9, 2, 4, 9, 5, 9, 6), 1, 2, 1, 5);
    DenseTensor w = bytes(bytes(1, 1, 1, 2), 2, 1, 1, 2);
    var window =
        new Window(
            List.of(1, 2),
            List.of(1, 2),
            List.of(1, 2),
            List.of(0, 0, 0, 0),
            AutoPad.NOTSET,
            false);
    Op op = new IntegerProductOp.QLinearConv(window, 2); // 1 + 2, 2 + 2; 4 + 10, 5 + 12
    DenseTensor right = bytes(bytes(2, 2, 7, 8), 1, 2, 1, 2);
    assertThat(
            judge(
                    op,
                    OPERATOR,
                    0,
                    bytes(bytes(1, 2, 7, 9), 1, 2, 1, 2),
                    right,
                    x,
                    one,
                    zero,
                    w,
                    one,
                    zero,
                    two,
                    zero)
                .tied())
        .isEqualTo(2);
    assertThat(
            judge(
                    op,
                    OPERATOR,
                    0,
                    bytes(bytes(2, 3, 7, 8), 1, 2, 1, 2),
                    right,
                    x,
                    one,
                    zero,
                    w,
                    one,
                    zero,
                    two,
                    zero)
                .passes())
        .isFalse();
  }
}
