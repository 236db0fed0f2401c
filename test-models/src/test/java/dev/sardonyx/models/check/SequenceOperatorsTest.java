package dev.sardonyx.models.check;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.OptionalOp;
import dev.sardonyx.api.op.SequenceOp;
import dev.sardonyx.api.op.SplitToSequence;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators on sequences give what ONNX Runtime gives, and refuse what it refuses. */
class SequenceOperatorsTest {
  private static final Tensor X = Random32.of(3, 5, 4);

  private final GraphBuilder builder = new GraphBuilder("sequences");
  private final Value x = builder.input("x", X.type());

  private Value add(Op op, Value... inputs) {
    return builder.add(op, List.of(inputs), Origin.unknown()).output();
  }

  private Value number(long value) {
    return builder.constant(Tensor.scalar(value).dense());
  }

  private Value triple() {
    return add(new SequenceOp.SequenceConstruct(), x, add(new UnaryOp.Neg(), x), x);
  }

  private Graph graph(Value... outputs) {
    return builder.build(List.of(outputs), Map.of());
  }

  private void agree(Value... outputs) {
    BothValues.agree(graph(outputs), Map.of("x", X));
  }

  private void refused(Value output) {
    Graph graph = graph(output);
    assertThatThrownBy(() -> BothValues.run("native", graph, Map.of("x", X)))
        .isInstanceOf(SardonyxException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-3, -1, 0, 2})
  void positionsCountFromBothEnds(long position) {
    Value neg = add(new UnaryOp.Exp(), x);
    agree(
        add(new SequenceOp.SequenceInsert(), triple(), neg, number(position)),
        add(new SequenceOp.SequenceErase(), triple(), number(position)),
        add(new SequenceOp.SequenceAt(), triple(), number(position)));
  }

  @Test
  void insertsAtTheEndAndErasesTheLast() {
    agree(
        add(new SequenceOp.SequenceInsert(), triple(), add(new UnaryOp.Exp(), x), number(3)),
        add(new SequenceOp.SequenceInsert(), triple(), add(new UnaryOp.Exp(), x)),
        add(new SequenceOp.SequenceErase(), triple()),
        add(new SequenceOp.SequenceLength(), triple()));
  }

  @ParameterizedTest
  @ValueSource(longs = {-4, 3, Long.MAX_VALUE, Long.MIN_VALUE})
  void refusesPositionsOutside(long position) {
    refused(add(new SequenceOp.SequenceAt(), triple(), number(position)));
  }

  @Test
  void refusesAnElementOfAnotherType() {
    Value integers = add(new SequenceOp.SequenceEmpty(DType.INT64));
    assertThatThrownBy(() -> add(new SequenceOp.SequenceInsert(), integers, x))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("int64");
  }

  @Test
  void refusesToEraseFromAndToJoinNothing() {
    Value empty = add(new SequenceOp.SequenceEmpty(DType.FLOAT32));
    refused(add(new SequenceOp.SequenceErase(), empty));
    refused(add(new SequenceOp.ConcatFromSequence(0, false), empty));
  }

  @Test
  void splitsInPartsOfOneSizeOrOfEachItsOwn() {
    Value sizes = builder.constant(Tensor.of(new long[] {1, 3, 1}, 3).dense());
    agree(
        add(new SplitToSequence(0, true), x),
        add(new SplitToSequence(-1, false), x),
        add(new SplitToSequence(0, true), x, number(2)),
        add(new SplitToSequence(1, true), x, number(9)),
        add(new SplitToSequence(-2, true), x, sizes));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void refusesPartsOfNoSize(long size) {
    refused(add(new SplitToSequence(0, true), x, number(size)));
  }

  @Test
  void refusesSizesThatDoNotAddUp() {
    refused(
        add(
            new SplitToSequence(0, true),
            x,
            builder.constant(Tensor.of(new long[] {Long.MAX_VALUE, 7}, 2).dense())));
  }

  @Test
  void joinsAlongAxesOldAndNew() {
    for (int axis = -2; axis < 2; axis++) {
      agree(
          add(new SequenceOp.ConcatFromSequence(axis, false), triple()),
          add(new SequenceOp.ConcatFromSequence(axis, true), triple()));
    }
  }

  @Test
  void holdsStrings() {
    Value a = builder.constant(DenseTensor.ofStrings(List.of("a", "b"), Shape.of(2)));
    Value pair = add(new SequenceOp.SequenceConstruct(), a, a);
    agree(add(new SequenceOp.SequenceAt(), pair, number(1)), add(new UnaryOp.Neg(), x));
  }

  @Test
  void optionalsTellWhatTheyHold() {
    Value full = add(new OptionalOp.Construct(Optional.empty()), x);
    Value empty = add(new OptionalOp.Construct(Optional.of(X.type())));
    agree(
        add(new OptionalOp.OptionalHasElement(), full),
        add(new OptionalOp.OptionalHasElement(), empty),
        add(new OptionalOp.OptionalHasElement(), x),
        add(new OptionalOp.OptionalHasElement()),
        add(new OptionalOp.OptionalGetElement(), full),
        add(new OptionalOp.OptionalGetElement(), x));
    refused(add(new OptionalOp.OptionalGetElement(), empty));
  }
}
