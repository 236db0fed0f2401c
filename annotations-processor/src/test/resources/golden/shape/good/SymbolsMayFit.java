package golden;

import dev.sardonyx.api.nn.BatchNorm1d;
import dev.sardonyx.api.nn.Bilinear;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.GRU;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.LayerNorm;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.MSELoss;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.MultiheadAttention;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.PReLU;
import dev.sardonyx.api.tensor.Index;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/** Every size is a symbol: each of these calls is right for some sizes. */
@Model
final class SymbolsMayFit implements NnModule {
  @Layer final Linear linear = new Linear(8, 8);
  @Layer final BatchNorm1d batchNorm = new BatchNorm1d(8);
  @Layer final LayerNorm layerNorm = new LayerNorm(8);
  @Layer final PReLU prelu = new PReLU(8);
  @Layer final GRU gru = new GRU(8, 8);
  @Layer final Bilinear bilinear = new Bilinear(8, 8, 8);
  @Layer final MultiheadAttention attention = new MultiheadAttention(8, 2);
  @Layer final MSELoss mse = new MSELoss();

  record Result(
      Tensor linear,
      Tensor norms,
      Tensor recurrent,
      Tensor bilinear,
      Tensor attention,
      Tensor loss,
      Tensor views,
      Tensor joined) {}

  @Forward
  Result run(@Input({"n", "features"}) Tensor x, @Input({"m", "width"}) Tensor y) {
    Tensor norms = batchNorm.forward(layerNorm.forward(prelu.forward(x)));
    Tensor three = x.unsqueeze(1);
    Tensor views = x.view(2, 8).add(y.view(-1, 4).mean()).add(x.reshape(4, -1).sum());
    Tensor joined = Tensor.cat(List.of(x, y), 0).matmul(Tensor.stack(List.of(x, y), 0));
    return new Result(
        linear.forward(x),
        norms.narrow(0, 1, 1).add(x.select(0, 1)).add(y.get(Index.at(1), Index.range(0, 8))),
        gru.forward(three).output(),
        bilinear.forward(x, y),
        attention.forward(three, three, three).output(),
        mse.forward(x, y).add(Functional.binaryCrossEntropyWithLogits(x, y)),
        views,
        joined.add(x.t()).squeeze(0));
  }
}
