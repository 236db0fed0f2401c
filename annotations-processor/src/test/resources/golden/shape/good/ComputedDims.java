package golden;

import dev.sardonyx.api.nn.Conv1d;
import dev.sardonyx.api.nn.ConvTranspose1d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import java.util.List;

/** -1 in views, dims of other tensors, arithmetic on symbols and its way back. */
@Model
final class ComputedDims implements UnaryModule {
  @Layer final Conv1d conv = new Conv1d(4, 8, 3, o -> o.stride(2).padding(1));

  @Layer
  final ConvTranspose1d back = new ConvTranspose1d(8, 4, 4, o -> o.stride(2).padding(1));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "4", "length"}) Tensor x) {
    Dim batch = x.size(0);
    Dim length = x.size(2);
    Tensor pairs = Functional.pad(x, 0, 1).narrow(2, Dim.of(0), length);
    Tensor flat = pairs.reshape(batch, -1);
    Tensor again = flat.reshape(List.of(batch, Dim.of(4), length));
    Tensor heads = again.view(batch, 2, 2, -1).transpose(1, 2).flatten(1, 2);
    Tensor down = conv.forward(heads);
    Tensor doubled = Tensor.cat(List.of(down, down), 0);
    if (doubled.size(0).equals(batch.plus(batch))) {
      doubled = doubled.narrow(0, Dim.of(0), batch);
    }
    return back.forward(doubled).narrow(2, 0, 1);
  }
}
