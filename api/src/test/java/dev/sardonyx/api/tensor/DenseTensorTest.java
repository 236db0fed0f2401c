package dev.sardonyx.api.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DenseTensorTest {
  @Test
  void deferredDataIsMadeOnceAndWhenItIsNeeded() {
    var calls = new AtomicInteger();
    DenseTensor tensor =
        DenseTensor.deferred(
            DType.FLOAT32,
            Shape.of(2),
            () -> {
              calls.incrementAndGet();
              return Tensor.of(new float[] {3, 4}, 2).dense().segment();
            });
    assertThat(tensor.byteSize()).isEqualTo(8);
    assertThat(tensor.elements()).isEqualTo(2);
    assertThat(calls).hasValue(0);
    assertThat(tensor.floats()).containsExactly(3, 4);
    assertThat(tensor.reshaped(Shape.of(1, 2)).floatAt(1)).isEqualTo(4);
    assertThat(tensor.source()).isPresent();
    assertThat(calls).hasValue(1);
    assertThatThrownBy(tensor::writable).hasMessageContaining("read-only");
  }

  @Test
  void deferredDataOfAnotherSizeIsRefused() {
    Shape shape = Shape.of(2);
    DenseTensor tensor =
        DenseTensor.deferred(
            DType.FLOAT32, shape, () -> DenseTensor.allocate(DType.FLOAT32, Shape.of(3)));
    assertThatThrownBy(tensor::segment)
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("a tensor takes 8 bytes, its source gives 12");
  }
}
