package demo;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.Structure;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class Classes {
  @Model
  interface AnInterface extends UnaryModule {
    @Forward
    Tensor forward(Tensor x);
  }

  enum AnEnum implements NnModule {
    ONE;

    @Layer final Parameter weight = new Parameter(Tensor.scalar(1));
  }

  @Model
  static class NoModule {
    @Layer private Parameter weight;

    Tensor forward(@Input({"n"}) Tensor x) {
      return x;
    }
  }

  private static class Hidden implements NnModule {
    @Layer Parameter weight;
  }

  static class A_B implements NnModule {
    @Layer Parameter weight;
  }

  static class A {
    static class B implements NnModule {
      @Layer Parameter weight;
    }
  }

  Object local() {
    class Local implements NnModule {
      @Layer Parameter weight;
    }
    return new Local();
  }

  final NnModule anonymous =
      new UnaryModule() {
        @Forward
        @Override
        public Tensor forward(Tensor x) {
          return x;
        }
      };
}
