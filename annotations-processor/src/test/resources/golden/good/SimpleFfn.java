package demo;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;

@Model
public final class SimpleFfn implements UnaryModule {
  @Layer final Dense fc1;
  @Layer final Dense fc2;

  public SimpleFfn() {
    this(784, 128, 10);
  }

  public SimpleFfn(int inputSize, int hiddenSize, int classes) {
    fc1 = new Dense(inputSize, hiddenSize);
    fc2 = new Dense(hiddenSize, classes);
  }

  @Override
  @Forward
  public Tensor forward(@Input({"batch", "784"}) Tensor x) {
    return fc2.forward(fc1.forward(x));
  }

  static final class Dense implements UnaryModule {
    @Layer final Parameter weight;
    @Layer final Parameter bias;

    Dense(int inputSize, int outputSize) {
      weight = new Parameter(Tensor.zeros(inputSize, outputSize));
      bias = new Parameter(Tensor.zeros(outputSize));
    }

    @Override
    public Tensor forward(Tensor x) {
      return x.matmul(weight).add(bias);
    }
  }
}
