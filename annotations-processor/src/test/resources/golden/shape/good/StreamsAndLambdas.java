package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Sequentials built by streams, collectors and method references. */
@Model
final class StreamsAndLambdas implements UnaryModule {
  static final class Block implements UnaryModule {
    @Layer final Linear fc;

    Block(int features) {
      fc = new Linear(features, features);
    }

    @Forward
    @Override
    public Tensor forward(Tensor x) {
      return x.add(fc.forward(x));
    }
  }

  private static final IntFunction<Block> MAKE = Block::new;

  @Layer
  final Sequential net =
      new Sequential(
          IntStream.range(0, 3).mapToObj(i -> new Block(6)).toArray(UnaryModule[]::new));

  @Layer
  final ModuleList<Block> more =
      new ModuleList<>(Stream.of(6, 6).map(MAKE::apply).collect(Collectors.toList()));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "6"}) Tensor x) {
    UnaryOperator<Tensor> scale = t -> t.mul(0.5);
    Tensor y = scale.apply(net.forward(x));
    for (Block block : more) {
      y = Stream.of(block).map(b -> b.forward(x)).reduce(y, Tensor::add);
    }
    return y;
  }
}
