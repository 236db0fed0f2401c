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

final class Inputs {
  @Model
  static class Dims implements NnModule {
    @Forward
    Tensor compute(
        @Input({"-1", "784"}) Tensor negative,
        @Input({""}) Tensor empty,
        @Input({"batch, 784"}) Tensor joined,
        @Input({"?", "2*n"}) Tensor unknown,
        @Input({"1.5"}) Tensor fraction,
        @Input({"4294967296", "n", "4294967296"}) Tensor large,
        @Input({"99999999999999999999"}) Tensor huge,
        @Input({"batch", "0"}) Tensor nothing,
        @Input({"batch_size", "_n2", "007"}) Tensor good,
        Tensor missing) {
      return good;
    }
  }

  @Model
  static class Nothing implements NnModule {
    @Forward
    Tensor compute() {
      return Tensor.scalar(1);
    }
  }

  static class Partly implements NnModule {
    @Forward
    Tensor compute(@Input({"n"}) Tensor x, Tensor y) {
      return x;
    }
  }

  @Model
  static class Misplaced implements NnModule {
    Misplaced() {}

    Misplaced(@Input({"n"}) Tensor x) {}

    @Forward
    Tensor compute(@Input({"n"}) Tensor x) {
      return x;
    }

    Tensor other(@Input({"n"}) Tensor x) {
      return x;
    }
  }

  @Model
  static class Clash implements NnModule {
    @Layer Parameter weight;

    record Result(Tensor x, Tensor y) {}

    @Forward
    Result compute(@Input({"n"}) Tensor x, @Input({"n"}) Tensor weight) {
      return new Result(x, weight);
    }
  }

  @Model
  static class OutputClash implements NnModule {
    @Forward
    Tensor compute(@Input({"n"}) Tensor output) {
      return output;
    }
  }
}
