package dev.sardonyx.apitest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import org.junit.jupiter.api.Test;

class ShapeTest {
  private static Shape shape(String... dims) {
    return TensorType.of(DType.FLOAT32, dims).shape();
  }

  private static String broadcast(Shape a, Shape b) {
    assertThat(a.broadcast(b)).isEqualTo(b.broadcast(a));
    return a.broadcast(b).toString();
  }

  @Test
  void broadcastingAlignsAtTheEndAndStretchesOnes() {
    assertThat(broadcast(Shape.of(2, 3), Shape.of(3))).isEqualTo("[2, 3]");
    assertThat(broadcast(Shape.of(8, 1, 6, 1), Shape.of(7, 1, 5))).isEqualTo("[8, 7, 6, 5]");
    assertThat(broadcast(Shape.of(), Shape.of(2, 2))).isEqualTo("[2, 2]");
    assertThat(broadcast(Shape.of(0, 3), Shape.of(1, 3))).isEqualTo("[0, 3]");
  }

  @Test
  void broadcastingKeepsSymbols() {
    assertThat(broadcast(shape("batch", "1"), shape("1", "seq"))).isEqualTo("[batch, seq]");
    assertThat(broadcast(shape("batch", "4"), shape("batch", "4"))).isEqualTo("[batch, 4]");
    assertThat(broadcast(shape("batch"), shape("4"))).isEqualTo("[4]");
    assertThat(broadcast(shape("a"), shape("b"))).isEqualTo("[?]");
    assertThat(broadcast(shape("a"), Shape.unknown())).isEqualTo("[...]");
  }

  @Test
  void broadcastingRefusesTwoDifferentSizes() {
    Errors.expect(
        ErrorCode.SHAPE,
        () -> Shape.of(2, 3).broadcast(Shape.of(2, 4)),
        "shapes [2, 3] and [2, 4] do not broadcast (3 vs 4)");
  }

  @Test
  void axesCountFromBothEnds() {
    Shape shape = Shape.of(2, 3, 4);
    assertThat(shape.dim(-1)).isEqualTo(shape.dim(2)).isEqualTo(Dim.of(4));
    Errors.expect(ErrorCode.SHAPE, () -> shape.dim(3), "axis 3 is outside [-3, 2] of shape");
    Errors.expect(ErrorCode.SHAPE, () -> shape.dim(-4), "axis -4 is outside");
  }

  @Test
  void elementsAreTheProduct() {
    assertThat(Shape.of().elements()).isEqualTo(Dim.of(1));
    assertThat(shape("batch", "3", "4").elements().toString()).isEqualTo("12*batch");
    Errors.expect(
        ErrorCode.LIMIT, () -> Shape.of(1L << 40, 1L << 40).elements(), "exceeds 64 bits");
    Errors.expect(ErrorCode.SHAPE, () -> Shape.of(-1), "dims must be 0 or more");
  }
}
