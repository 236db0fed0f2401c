package dev.sardonyx.apitest;

import static dev.sardonyx.apitest.Graphs.lines;
import static dev.sardonyx.apitest.Graphs.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.nn.Structure;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ReshapeTest {
  private record Body(UnaryOperator<Tensor> body) implements UnaryModule {
    @Override
    public Structure structure() {
      return Structure.of("Body");
    }

    @Override
    public Tensor forward(Tensor x) {
      return body.apply(x);
    }
  }

  @Test
  void theBatchInItsPlaceIsCopiedByAConstant() {
    var model = new Body(x -> x.reshape(x.size(0), -1));
    assertThat(lines(model, "batch", "3", "4"))
        .containsExactly("output: float32[batch, 12] = Reshape(x, const_1)");
    assertThat(trace(model, "batch", "3", "4").initializers().get("const_1").longs())
        .containsExactly(0, -1);
    assertThat(trace(model, "2", "3", "4").initializers().get("const_1").longs())
        .containsExactly(2, -1);
  }

  @Test
  void aSymbolThatMovesIsGathered() {
    var model = new Body(x -> x.reshape(List.of(x.size(1), x.size(0), Dim.of(2))));
    assertThat(lines(model, "batch", "seq", "2"))
        .containsExactly(
            "shape_1: int64[3] = Shape(x)",
            "gather_1: int64[1] = Gather(shape_1, const_1)",
            "gather_2: int64[1] = Gather(shape_1, const_2)",
            "concat_1: int64[3] = Concat[axis=0](gather_1, gather_2, const_3)",
            "output: float32[seq, batch, 2] = Reshape(x, concat_1)");
  }

  @Test
  void sizesThatCannotFitAreRefused() {
    Errors.expect(
        ErrorCode.SHAPE,
        () -> trace(new Body(x -> x.reshape(5, 5)), "4", "6"),
        "(4 * 6 = 24 vs 5 * 5 = 25)");
    Errors.expect(
        ErrorCode.SHAPE, () -> trace(new Body(x -> x.reshape(7, -1)), "4", "6"), "multiple");
    Errors.expect(ErrorCode.SHAPE, () -> trace(new Body(x -> x.reshape(-1, -1)), "4"), "only one");
  }

  private static String inferred(boolean allowzero, TensorType x, long... target) {
    List<Dim> dims = Arrays.stream(target).mapToObj(Dim::of).toList();
    var shape =
        new Inputs.Input(TensorType.of(DType.INT64, (long) target.length), Optional.of(dims));
    var in = new Inputs("Reshape", List.of(Optional.of(Inputs.Input.of(x)), Optional.of(shape)));
    return new Reshape(allowzero).infer(in).getFirst().toString();
  }

  @Test
  void aCopiedDimMayBeZeroOrUnknown() {
    assertThat(inferred(false, TensorType.of(DType.FLOAT32, 0, 3, 4), 0, -1))
        .isEqualTo("float32[0, 12]");
    assertThat(inferred(false, TensorType.of(DType.FLOAT32, "?", "3", "4"), 0, -1))
        .isEqualTo("float32[?, 12]");
  }

  @Test
  void minusOneBesideALiteralZeroIsAmbiguousAndRefused() {
    Errors.expect(
        ErrorCode.SHAPE,
        () -> inferred(true, TensorType.of(DType.FLOAT32, 3, 0), -1, 0),
        "multiple");
  }
}
