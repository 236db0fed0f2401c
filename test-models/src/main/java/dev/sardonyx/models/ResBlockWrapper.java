package dev.sardonyx.models;

import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A residual connection around a Sequential. */
@Model
public final class ResBlockWrapper implements UnaryModule {
  @Layer("res_block")
  final Sequential resBlock =
      new Sequential(new Conv2d(64, 64, 3, o -> o.padding(1)), new BatchNorm2d(64));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "64", "height", "width"}) Tensor x) {
    return Functional.relu(x.add(resBlock.forward(x)));
  }
}
