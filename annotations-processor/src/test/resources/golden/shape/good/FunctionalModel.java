package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ParameterList;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;

/** Everything by functions, with weights of its own. */
@Model
final class FunctionalModel implements UnaryModule {
  @Layer final Parameter kernel = new Parameter(Tensor.zeros(6, 1, 3, 3));
  @Layer final Parameter weight = new Parameter(Tensor.zeros(10, 6 * 13 * 13));
  @Layer final ParameterList scales = new ParameterList(Tensor.ones(10), Tensor.ones(1, 10));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "1", "28", "28"}) Tensor x) {
    x = Functional.conv2d(x, kernel, null);
    x = Functional.maxPool2d(Functional.relu(x), 2);
    x = Functional.linear(x.flatten(1).narrow(1, 0, 6 * 13 * 13), weight);
    for (Parameter scale : scales) {
      x = x.mul(scale);
    }
    return Functional.logSoftmax(x, -1);
  }
}
