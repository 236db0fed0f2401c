package dev.sardonyx.models.golden;

import dev.sardonyx.api.nn.LogSoftmax;
import dev.sardonyx.api.nn.ReLU;

class ActivationsTest extends TorchTheme {
  ActivationsTest() {
    super("activations");
    add("ReLU_inplace", () -> TorchSubject.layer(new ReLU(true)));
    add("LogSoftmax_dim1", () -> TorchSubject.layer(new LogSoftmax(1)));
  }
}
