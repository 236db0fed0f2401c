package demo;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;

@Model
public class ManyLayers implements UnaryModule {
  @Layer final Parameter weight0 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight1 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight2 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight3 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight4 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight5 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight6 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight7 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight8 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight9 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight10 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight11 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight12 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight13 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight14 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight15 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight16 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight17 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight18 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight19 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight20 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight21 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight22 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight23 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight24 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight25 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight26 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight27 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight28 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight29 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight30 = new Parameter(Tensor.ones(2));
  @Layer final Parameter weight31 = new Parameter(Tensor.ones(2));

  @Override
  @Forward
  public Tensor forward(@Input({"n"}) Tensor x) {
    return x.mul(weight0);
  }
}
