package com.example;

// region model
import dev.sardonyx.api.nn.*;
import dev.sardonyx.api.tensor.Tensor;

@Model // registered under "digits"
public final class Digits implements UnaryModule {
  @Layer final Conv2d conv = new Conv2d(1, 8, 3, o -> o.padding(1));
  @Layer final MaxPool2d pool = new MaxPool2d(2);
  @Layer final Dropout dropout = new Dropout(0.2);
  @Layer final Linear fc = new Linear(8 * 14 * 14, 10);

  @Forward
  public Tensor forward(@Input({"batch", "1", "28", "28"}) Tensor x) {
    x = pool.forward(Functional.relu(conv.forward(x)));
    return fc.forward(dropout.forward(x.flatten(1)));
  }
}
// endregion
