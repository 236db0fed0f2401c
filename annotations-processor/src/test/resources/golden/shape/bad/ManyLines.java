package golden;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A chain of calls over several lines: the wrong one is the third. */
@Model
final class ManyLines implements UnaryModule {
  @Layer final Sequential features = new Sequential(new Conv2d(3, 8, 3), new ReLU());
  @Layer final Linear classifier = new Linear(8 * 30 * 30, 10);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "32", "32"}) Tensor image) {
    return classifier
        .forward(
            features
                .forward(image.sub(0.5).div(0.25))
                .mean(true, 1)
                .flatten(
                    1,
                    -1))
        .softmax(1);
  }
}
