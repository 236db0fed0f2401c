package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;

/** A product of float32 and int64. */
@Model
final class MatmulDType implements NnModule {
  @Forward
  Tensor multiply(
      @Input({"batch", "4"}) Tensor x,
      @Input(value = {"4", "4"}, dtype = DType.INT64) Tensor counts) {
    return x.matmul(counts);
  }
}
