package golden;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/** Stages from a list of records through an array; "M" in a plan is a pool, as in torchvision. */
@Model
final class StagesInArrays implements UnaryModule {
  private static final List<Stage> STAGES =
      List.of(new Stage(Kind.CONV, 8), new Stage(Kind.POOL, 0), new Stage(Kind.CONV, 16));
  private static final Object[] PLAN = {64, "M", 128, "M"};

  @Layer final Sequential features;
  @Layer final Sequential plan = new Sequential();
  @Layer final Linear fc;
  private int width = 3;

  StagesInArrays() {
    features = new Sequential(STAGES.stream().map(this::make).toArray(UnaryModule[]::new));
    int channels = width;
    for (Object each : PLAN) {
      switch (each) {
        case Integer number -> {
          plan.append(new Conv2d(channels, number, 3, o -> o.padding(1)));
          channels = number;
        }
        case String text when text.equals("M") -> plan.append(new MaxPool2d(2));
        default -> throw new IllegalStateException(each.toString());
      }
    }
    fc = new Linear(channels * 8 * 8, 10);
  }

  private UnaryModule make(Stage stage) {
    if (stage.kind() == Kind.POOL) {
      return new MaxPool2d(2);
    }
    var conv = new Conv2d(width, stage.out(), 3, o -> o.padding(1));
    width = stage.out();
    return conv;
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "32", "32"}) Tensor x) {
    return fc.forward(plan.forward(features.forward(x)).flatten(1));
  }

  enum Kind {
    CONV,
    POOL
  }

  record Stage(Kind kind, int out) {}
}
