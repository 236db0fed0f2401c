package demo;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;

/** Names of PyTorch's, several inputs and outputs, and fields that are no part of the model. */
@Model(value = "residual_net.v2", describedAs = "Residual \"Net\"")
class ResidualNet implements NnModule {
  static final Parameter SHARED = new Parameter(Tensor.scalar(1));

  @Layer("conv_weight")
  protected Parameter weight = new Parameter(Tensor.zeros(4));

  @Layer Buffer mean = new Buffer(Tensor.zeros(4));
  final Tensor constant = Tensor.scalar(2);
  transient NnModule parent;

  record Result(Tensor logits, Tensor hidden) {}

  @Forward
  Result compute(
      @Input({"batch", "4"}) Tensor x,
      @Input(value = {"batch", "seq_len"}, dtype = DType.INT64) Tensor mask,
      @Input({}) Tensor scale) {
    return new Result(x.mul(weight).mul(scale), mask);
  }
}
