package dev.sardonyx.runtime.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.CenterCropPad;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.compare.Tolerance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whoever is farther from the node in float64 than its operator allows is wrong. */
class VoterTest {
  private static final Tensor A = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
  private static final Tensor B = Tensor.of(new float[] {5, 6, 7, 8}, 2, 2);
  private static final Tensor RIGHT = Tensor.of(new float[] {19, 22, 43, 50}, 2, 2);
  private static final Tensor WRONG = Tensor.of(new float[] {19, 22, 43, 51}, 2, 2);

  /** A node on inputs of these types, with their values by name. */
  private record Case(Node node, Map<String, Tensor> inputs) {
    static Case of(Op op, Tensor... inputs) {
      var builder = new GraphBuilder("case");
      List<Value> values = new ArrayList<>();
      Map<String, Tensor> named = new LinkedHashMap<>();
      for (Tensor input : inputs) {
        String name = "x" + values.size();
        values.add(builder.input(name, input.type()));
        named.put(name, input);
      }
      return new Case(builder.add(op, values, Origin.unknown()), named);
    }

    Vote vote(Tensor engine, Tensor reference) {
      String output = node.output().name();
      return new Voter("native", "ort")
          .vote(
              node,
              inputs,
              Map.of(output, engine),
              Map.of(output, reference),
              output,
              dtype -> Tolerance.ofOperator(node.op().precision(), dtype));
    }
  }

  @Test
  void blamesTheReferenceThatAloneIsFarAway() {
    Vote vote = Case.of(new MatMul(), A, B).vote(RIGHT, WRONG);

    assertThat(vote.blame()).isEqualTo(Blame.REFERENCE);
    assertThat(vote.voter()).isEqualTo("MatMul by its definition");
    assertThat(vote.engineError()).isZero();
    // 1 over the norm of (19, 22, 43, 50)
    assertThat(vote.referenceError()).isCloseTo(0.01381, within(1e-4));
    assertThat(vote.reason())
        .isEqualTo(
            "ort lies 1.4e-02 from MatMul by its definition in float64, native 0: ort is wrong");
  }

  @Test
  void blamesTheEngineOrBothOrNeither() {
    Case product = Case.of(new MatMul(), A, B);

    assertThat(product.vote(WRONG, RIGHT).blame()).isEqualTo(Blame.ENGINE);
    assertThat(product.vote(WRONG, WRONG).blame()).isEqualTo(Blame.BOTH);
    Tensor near = Tensor.of(new float[] {19, 22, 43, 50.0001f}, 2, 2);
    Vote neither = product.vote(near, RIGHT);
    assertThat(neither.blame()).isEqualTo(Blame.NEITHER);
    assertThat(neither.reason()).endsWith("neither is wrong, ort is exact");
  }

  @Test
  void dividesTheLeastIntegerByMinusOneAsTwosComplementDoes() {
    Tensor least = Tensor.of(new int[] {Integer.MIN_VALUE}, 1);
    Case quotient = Case.of(new BinaryOp.Div(), least, Tensor.of(new int[] {-1}, 1));

    Vote vote = quotient.vote(least, Tensor.of(new int[] {0}, 1));
    assertThat(vote.blame()).isEqualTo(Blame.REFERENCE);
  }

  @Test
  void saysThatATypeOverflowsWhereTheExactValueIsBeyondIt() {
    Tensor x = halves(300);
    Case square = Case.of(new BinaryOp.Mul(), x, x);

    Vote vote = square.vote(halves(Double.POSITIVE_INFINITY), halves(65504));
    assertThat(vote.blame()).isEqualTo(Blame.REFERENCE);
    assertThat(vote.reason()).endsWith("the exact value 90000.0 is beyond float16's 65504");
  }

  @Test
  void namesTheElementThatOverflowsOnTheWayToAFiniteResult() {
    Tensor row = halves(60000, 60000, -60000).reshape(1, 3);
    Tensor ones = halves(1, 1, 1).reshape(3, 1);
    Tensor infinite = halves(Double.POSITIVE_INFINITY).reshape(1, 1);
    Tensor right = halves(60000).reshape(1, 1);

    Vote vote = Case.of(new MatMul(), row, ones).vote(infinite, right);
    assertThat(vote.blame()).isEqualTo(Blame.ENGINE);
    assertThat(vote.reason()).contains("native's element 0 is Infinity, exactly 60000.0");
  }

  private static Tensor halves(double... values) {
    return Tensor.of(values, values.length).dense().convert(DType.FLOAT16);
  }

  @Test
  void refusesAShapeThatTheOperatorDoesNotHave() {
    Tensor flat = Tensor.of(new float[] {19, 22, 43, 50}, 4);

    Vote vote = Case.of(new MatMul(), A, B).vote(flat, RIGHT);
    assertThat(vote.blame()).isEqualTo(Blame.ENGINE);
    assertThat(vote.reason()).contains("has the shape [2, 2], native gives [4]");
  }

  @Test
  void findsTheOneWrongElementOfATensorThatIsTooLargeToBeComputedWhole() {
    Tensor x = zeros(1, 64, 256, 256);
    Tensor w = Tensor.of(new float[64 * 64 * 9], 64, 64, 3, 3);
    List<Integer> one = List.of(1, 1);
    var conv = new Conv(Window.of(List.of(3, 3), one, one, one), 1);
    float[] wrong = new float[64 * 256 * 256];
    wrong[1_234_567] = 1;

    Vote vote = Case.of(conv, x, w).vote(x, Tensor.of(wrong, 1, 64, 256, 256));
    assertThat(vote.blame()).isEqualTo(Blame.REFERENCE);
    assertThat(vote.voter()).matches("Conv by its definition, at 16,\\d{3} of 4,194,304 elements");
  }

  private static Tensor zeros(long... sizes) {
    return Tensor.of(new float[(int) (sizes[0] * sizes[1] * sizes[2] * sizes[3])], sizes);
  }

  @Test
  void asksTheNativeEngineInFloat64WhereNothingIsDefinedAndSaysSo() {
    Tensor x = Tensor.of(new float[] {1, 2, 3}, 3);
    Tensor middle = Tensor.of(new float[] {2}, 1);
    Case crop = Case.of(new CenterCropPad(List.of()), x, Tensor.of(new long[] {1}, 1));

    Vote vote = crop.vote(middle, Tensor.of(new float[] {3}, 1));
    assertThat(vote.blame()).isEqualTo(Blame.REFERENCE);
    assertThat(vote.voter()).isEqualTo("CenterCropPad by the native engine's plain loops");
  }

  @Test
  void isSilentWhereNobodyKnows() {
    Tensor one = Tensor.of(new int[] {1}, 1);
    Case byZero = Case.of(new BinaryOp.Div(), one, Tensor.of(new int[] {0}, 1));
    Vote open = byZero.vote(one, one);
    assertThat(open.blame()).isEqualTo(Blame.UNKNOWN);
    assertThat(open.reason()).contains("ONNX does not define an integer divided by 0");
  }
}
