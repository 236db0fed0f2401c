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

final class Forwards {
  @Model
  static class None implements NnModule {}

  @Model
  static class Unmarked implements UnaryModule {
    @Override
    public Tensor forward(@Input({"n"}) Tensor x) {
      return x;
    }
  }

  static class Hidden implements NnModule {
    @Forward
    private Tensor compute(Tensor x) {
      return x;
    }
  }

  static class Shared implements NnModule {
    @Forward
    static Tensor compute(Tensor x) {
      return x;
    }
  }

  static class Throwing implements NnModule {
    @Forward
    Tensor compute(Tensor x) throws IOException {
      return x;
    }
  }

  static class Other implements UnaryModule {
    @Override
    public Tensor forward(Tensor x) {
      return x;
    }

    @Forward
    Tensor compute(Tensor x, int times) {
      return x;
    }
  }

  static class Parameters implements NnModule {
    @Forward
    Tensor compute(Tensor x, boolean flag, List<Tensor> more, Parameter weight, Tensor... rest) {
      return x;
    }
  }

  static class Void implements NnModule {
    @Forward
    void compute(Tensor x) {}
  }

  static class Lists implements NnModule {
    @Forward
    List<Tensor> compute(Tensor x) {
      return List.of(x);
    }
  }

  static class Records implements NnModule {
    record Mixed(Tensor y, int count, String label) {}

    @Forward
    Mixed compute(Tensor x) {
      return new Mixed(x, 1, "");
    }
  }

  static class EmptyRecords implements NnModule {
    record Nothing() {}

    @Forward
    Nothing compute(Tensor x) {
      return new Nothing();
    }
  }

  static class HiddenRecords implements NnModule {
    private record Result(Tensor y) {}

    @Forward
    Result compute(Tensor x) {
      return new Result(x);
    }
  }

  static class Base implements NnModule {
    @Forward
    Tensor compute(Tensor x) {
      return x;
    }
  }

  static class Second extends Base {
    @Forward
    Tensor compute(Tensor x, Tensor y) {
      return x;
    }
  }

  @Model
  static class Undeclared extends Base {}
}
