package demo;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

class Weights {
  abstract static class Part implements UnaryModule {
    @Layer final Linear fc = new Linear(2, 2);

    @Forward
    @Override
    public Tensor forward(@Input({"n", "2"}) Tensor x) {
      return fc.forward(x);
    }
  }

  @dev.sardonyx.api.nn.Weights("fc.safetensors")
  static class NoModel extends Part {}

  @Model
  @dev.sardonyx.api.nn.Weights("fc.safetensors")
  static class NoFolder extends Part {}

  @Model
  @dev.sardonyx.api.nn.Weights("trained/fc.pth")
  static class PyTorchFile extends Part {}

  @Model
  @dev.sardonyx.api.nn.Weights("/home/me/fc.safetensors")
  static class Absolute extends Part {}

  @Model
  @dev.sardonyx.api.nn.Weights("trained/../../fc.safetensors")
  static class Outside extends Part {}

  @Model
  @dev.sardonyx.api.nn.Weights("fc\0.safetensors")
  static class NoPath extends Part {}
}
