package golden;

import dev.sardonyx.api.nn.Dropout;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Generic parts of a model, bounded types, optionals, suppliers made lazily. */
@Model
final class OptionalsAndGenerics implements UnaryModule {
  static final class Residual<M extends UnaryModule> implements UnaryModule {
    @Layer final M inner;

    Residual(M inner) {
      this.inner = inner;
    }

    static <T extends UnaryModule> Residual<T> of(Supplier<? extends T> make) {
      return new Residual<>(make.get());
    }

    @Forward
    @Override
    public Tensor forward(Tensor x) {
      return x.add(inner.forward(x));
    }
  }

  private final transient Optional<Dropout> none = Optional.empty();

  @Layer
  final Residual<Residual<Linear>> net =
      Residual.of(() -> Residual.of(() -> new Linear(11, 11)));

  @Layer final Linear head = Optional.of(11).map(n -> new Linear(n, 2)).orElseThrow();

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "11"}) Tensor x) {
    Tensor y = none.<UnaryModule>map(d -> d).orElse(net).forward(x);
    BiFunction<Tensor, Integer, Tensor> repeat = (t, n) -> n == 0 ? t : t.add(t);
    return head.forward(repeat.andThen(Tensor::tanh).apply(y, 1));
  }
}
