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

class Layers implements NnModule {
  @Layer private Parameter hidden;
  @Layer static Buffer shared;
  @Layer Tensor constant;
  @Layer int size;
  @Layer List<Parameter> list;
  @Layer Parameter[] array;
  @Layer("block.0") Parameter dotted;
  @Layer("two words") Parameter spaced;
  @Layer("") Parameter empty;
  @Layer Parameter weight;
  @Layer("weight") Parameter other;
  Buffer forgotten;
  private NnModule alsoForgotten;
  List<? extends UnaryModule> blocks;
  Map<String, NnModule[]> byName;
  Optional<Parameter> bias;
  static Parameter counter;
  transient NnModule parent;
  List<Tensor> constants;
}

class Shortcut extends Layers {
  Parameter added;
  @Layer("weight") Parameter again;
}

class Silent extends Shortcut {
  Parameter lost;
}

class Undescribed implements NnModule {
  Parameter deep;
}

@Model
class Described extends Undescribed {
  @Forward
  Tensor compute(@Input({"n"}) Tensor x) {
    return x;
  }
}

class Both implements NnModule {
  @Layer Parameter weight;

  @Override
  public Structure structure() {
    return Structure.of("Both");
  }
}

record Pair(@Layer Parameter left, Parameter right) implements NnModule {}
