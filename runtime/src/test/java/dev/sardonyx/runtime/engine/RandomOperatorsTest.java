package dev.sardonyx.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.RandomOp;
import dev.sardonyx.api.op.RandomOp.Distribution;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Random numbers: there is no one right answer, but each distribution has its laws. */
class RandomOperatorsTest {
  private static final Optional<Float> SEED = Optional.of(42f);
  private static final int MANY = 40_000;

  private static DenseTensor draw(Op op, Tensor... inputs) {
    return new NativeEvaluator().evaluate(op, Operators.given(inputs)).getFirst().dense();
  }

  private static double mean(DenseTensor tensor, DoubleUnaryOperator of) {
    return LongStream.range(0, tensor.elements())
        .mapToDouble(i -> of.applyAsDouble(tensor.doubleAt(i)))
        .average()
        .orElseThrow();
  }

  private static Op fill(Distribution distribution, float a, float b, Optional<Float> seed) {
    return new RandomOp.Fill(distribution, a, b, DType.FLOAT64, Shape.of(MANY), seed);
  }

  @Test
  void normalNumbersHaveTheirMeanAndDeviation() {
    DenseTensor drawn = draw(fill(Distribution.NORMAL, 3, 2, SEED));
    assertThat(mean(drawn, x -> x)).isCloseTo(3, within(0.05));
    assertThat(mean(drawn, x -> (x - 3) * (x - 3))).isCloseTo(4, within(0.1));
    assertThat(mean(drawn, x -> Math.abs(x - 3) < 2 ? 1 : 0)).isCloseTo(0.6827, within(0.01));
  }

  @Test
  void uniformNumbersFillTheirInterval() {
    DenseTensor drawn = draw(fill(Distribution.UNIFORM, -1, 3, SEED));
    assertThat(mean(drawn, x -> x)).isCloseTo(1, within(0.05));
    assertThat(mean(drawn, x -> x >= -1 && x < 3 ? 1 : 0)).isEqualTo(1);
    assertThat(mean(drawn, x -> x < 0 ? 1 : 0)).isCloseTo(0.25, within(0.01));
  }

  @Test
  void aSeedGivesTheSameNumbersAndNoneGivesOthers() {
    for (Distribution distribution : Distribution.values()) {
      Op seeded = fill(distribution, 0, 1, SEED);
      assertThat(draw(seeded).doubles()).isEqualTo(draw(seeded).doubles());
      Op fresh = fill(distribution, 0, 1, Optional.empty());
      assertThat(draw(fresh).doubles()).isNotEqualTo(draw(fresh).doubles());
      assertThat(draw(fill(distribution, 0, 1, Optional.of(43f))).doubles())
          .isNotEqualTo(draw(seeded).doubles());
    }
  }

  @Test
  void aSessionDrawsAnewAtEachRun() {
    var net = new Graphs();
    var drawn = net.add(fill(Distribution.NORMAL, 0, 1, Optional.empty()));
    try (Session session = new NativeEngine().open(net.outputs(drawn), SessionOptions.defaults())) {
      double[] first = Graphs.named(session.run(Map.of()), drawn.name()).dense().doubles();
      double[] second = Graphs.named(session.run(Map.of()), drawn.name()).dense().doubles();
      assertThat(second).isNotEqualTo(first);
    }
  }

  @Test
  void bernoulliIsTrueAsOftenAsItsProbability() {
    float[] probabilities = new float[MANY];
    Arrays.fill(probabilities, 0.3f);
    var op = new RandomOp.Bernoulli(Optional.of(DType.INT32), SEED);
    assertThat(mean(draw(op, Tensor.of(probabilities, MANY)), x -> x)).isCloseTo(0.3, within(0.01));
    Tensor certain = Tensor.of(new float[] {0, 1, 0, 1}, 4);
    Tensor truths = draw(new RandomOp.Bernoulli(Optional.empty(), Optional.empty()), certain);
    assertThat(truths.floats()).containsExactly(0, 1, 0, 1);
  }

  @Test
  void multinomialDrawsClassesByTheirWeights() {
    // of weights 1, 3, 0, 4
    float none = Float.NEGATIVE_INFINITY;
    Tensor logarithms =
        Tensor.of(new float[] {0, (float) Math.log(3), none, (float) Math.log(4)}, 1, 4);
    var op = new RandomOp.Multinomial(DType.INT64, MANY, SEED);
    DenseTensor drawn = draw(op, logarithms);
    assertThat(drawn.shape()).isEqualTo(Shape.of(1, MANY));
    assertThat(mean(drawn, x -> x == 0 ? 1 : 0)).isCloseTo(0.125, within(0.01));
    assertThat(mean(drawn, x -> x == 1 ? 1 : 0)).isCloseTo(0.375, within(0.01));
    assertThat(mean(drawn, x -> x == 2 ? 1 : 0)).isZero();
  }

  @Test
  void multinomialNeedsAClassThatCanBe() {
    Tensor impossible = Tensor.of(new float[] {Float.NaN, 0}, 1, 2);
    var op = new RandomOp.Multinomial(DType.INT64, 1, SEED);
    assertThatThrownBy(() -> draw(op, impossible))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("must have a finite largest, found NaN");
  }

  @Test
  void likeTakesShapeAndTypeOfItsInput() {
    var op = new RandomOp.Like(Distribution.UNIFORM, 0, 1, Optional.empty(), SEED);
    assertThat(draw(op, Tensor.zeros(2, 3)).type()).isEqualTo(Tensor.zeros(2, 3).type());
    assertThatThrownBy(() -> draw(op, Tensor.of(new long[] {1}, 1)))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("dtype must be one of");
  }
}
