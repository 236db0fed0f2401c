package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Lambdas and local classes that change what they capture, run in JDK code. */
@Model
final class CountersInLambdas implements UnaryModule {
  private int width = 4;
  @Layer final Sequential net = new Sequential();

  CountersInLambdas() {
    int[] made = {0};
    Runnable grow =
        () -> {
          net.append(new Linear(width, width + 1));
          width++;
          made[0]++;
        };
    List.of(1, 2).forEach(_ -> grow.run());
    Optional.of(grow).ifPresent(Runnable::run);
    IntStream.range(0, 2).forEach(i -> net.append(new Linear(7, made[0] + 4)));
    class Closing {
      final int size = made[0] * 2;

      void close() {
        net.append(new Linear(width, size));
      }
    }
    new Closing().close();
    Supplier<Supplier<Integer>> nested = () -> () -> width - 1;
    net.append(new Linear(nested.get().get(), 2));
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "4"}) Tensor x) {
    return net.forward(x);
  }
}
