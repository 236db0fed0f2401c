package golden;

import dev.sardonyx.api.nn.Embedding;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;

/** Masks, indices, casts and promotion. */
@Model
final class DTypes implements NnModule {
  @Layer final Embedding tokens = new Embedding(30, 8);
  @Layer final Buffer positions = new Buffer(Tensor.zeros(1, 64, 8));

  @Forward
  Tensor run(
      @Input(value = {"batch", "seq"}, dtype = DType.INT64) Tensor ids,
      @Input(value = {"batch", "seq"}, dtype = DType.BOOL) Tensor mask) {
    Tensor x = tokens.forward(ids).add(positions.narrow(1, Dim.of(0), ids.size(1)));
    Tensor hidden = x.maskedFill(mask.unsqueeze(-1), -1e9);
    Tensor counts = mask.logicalNot().to(DType.FLOAT32).sum(true, 1);
    Tensor sums = Tensor.where(mask.unsqueeze(2), hidden, x).sum(1);
    Tensor one = ids.eq(0).to(DType.INT64).add(1).mul(ids).gt(3).to(x.dtype());
    return sums.div(counts).matmul(one.transpose(0, 1).matmul(sums).t());
  }
}
