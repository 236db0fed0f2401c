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

final class Models {
  abstract static class Base implements UnaryModule {
    @Forward
    @Override
    public Tensor forward(@Input({"n"}) Tensor x) {
      return x;
    }
  }

  @Model
  abstract static class Abstract extends Base {
    Abstract(int size) {}
  }

  @Model
  static class Generic<T, U extends NnModule> extends Base {}

  @Model
  class Inner extends Base {}

  @Model
  static class NoConstructor extends Base {
    NoConstructor(int size) {}

    NoConstructor(int size, List<String> names) {}
  }

  @Model
  static class PrivateConstructor extends Base {
    private PrivateConstructor() {}
  }

  @Model
  static class Throwing extends Base {
    Throwing() throws IOException, IllegalStateException {}
  }

  @Model("two words")
  static class Words extends Base {}

  @Model("")
  static class Empty extends Base {}

  @Model("net.onnx")
  static class LikeAFile extends Base {}

  @Model
  static class Größe extends Base {}

  @Model("same-name")
  static class First extends Base {}

  @Model
  static class SameName extends Base {}
}
