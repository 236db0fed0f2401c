package dev.sardonyx.models;

import dev.sardonyx.api.nn.BatchNorm1d;
import dev.sardonyx.api.nn.Flatten;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Flattens, then linear, normalised, rectified. */
@Model(value = "fc-model", describedAs = "FCModel")
public final class FcModel implements UnaryModule {
  @Layer final Flatten flatten = new Flatten();
  @Layer final Linear linear1;
  @Layer final BatchNorm1d bn1;

  public FcModel() {
    this(784, 300);
  }

  public FcModel(int inDim, int hidden) {
    linear1 = new Linear(inDim, hidden);
    bn1 = new BatchNorm1d(hidden);
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "1", "28", "28"}) Tensor x) {
    return Functional.relu(bn1.forward(linear1.forward(flatten.forward(x))));
  }
}
