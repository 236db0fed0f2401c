package dev.sardonyx.models.golden;

import dev.sardonyx.api.nn.CELU;
import dev.sardonyx.api.nn.Dropout;
import dev.sardonyx.api.nn.ELU;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.GELU;
import dev.sardonyx.api.nn.GLU;
import dev.sardonyx.api.nn.Hardshrink;
import dev.sardonyx.api.nn.Hardsigmoid;
import dev.sardonyx.api.nn.Hardswish;
import dev.sardonyx.api.nn.Hardtanh;
import dev.sardonyx.api.nn.LeakyReLU;
import dev.sardonyx.api.nn.LogSigmoid;
import dev.sardonyx.api.nn.LogSoftmax;
import dev.sardonyx.api.nn.Mish;
import dev.sardonyx.api.nn.PReLU;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.ReLU6;
import dev.sardonyx.api.nn.SELU;
import dev.sardonyx.api.nn.SiLU;
import dev.sardonyx.api.nn.Sigmoid;
import dev.sardonyx.api.nn.Softmax;
import dev.sardonyx.api.nn.Softmin;
import dev.sardonyx.api.nn.Softplus;
import dev.sardonyx.api.nn.Softshrink;
import dev.sardonyx.api.nn.Softsign;
import dev.sardonyx.api.nn.Tanh;
import dev.sardonyx.api.nn.Tanhshrink;
import dev.sardonyx.api.nn.Threshold;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.function.Supplier;

class ActivationsTest extends TorchTheme {
  ActivationsTest() {
    super("activations");
    rectifiers();
    curves();
    bends();
    others();
    functions();
  }

  private void layer(String name, Supplier<UnaryModule> layer) {
    add(name, () -> TorchSubject.layer(layer.get()));
  }

  private void rectifiers() {
    layer("ReLU", ReLU::new);
    layer("ReLU_inplace", () -> new ReLU(true));
    layer("ReLU6", ReLU6::new);
    layer("ReLU6_inplace", () -> new ReLU6(true));
    layer("LeakyReLU", LeakyReLU::new);
    layer("LeakyReLU_slope", () -> new LeakyReLU(0.3));
    layer("LeakyReLU_inplace", () -> new LeakyReLU(1, true));
    layer("PReLU", PReLU::new);
    layer("PReLU_channels", () -> new PReLU(3, 0.1));
    layer("ELU", ELU::new);
    layer("ELU_alpha", () -> new ELU(0.7));
    layer("ELU_inplace", () -> new ELU(2, true));
    layer("SELU", SELU::new);
    layer("SELU_inplace", () -> new SELU(true));
    layer("CELU", CELU::new);
    layer("CELU_alpha", () -> new CELU(1.7));
    layer("CELU_inplace", () -> new CELU(2, true));
  }

  private void curves() {
    layer("GELU", GELU::new);
    layer("GELU_tanh", () -> new GELU("tanh"));
    layer("SiLU", SiLU::new);
    layer("SiLU_inplace", () -> new SiLU(true));
    layer("Mish", Mish::new);
    layer("Mish_inplace", () -> new Mish(true));
    layer("Sigmoid", Sigmoid::new);
    layer("LogSigmoid", LogSigmoid::new);
    layer("Tanh", Tanh::new);
    layer("Tanhshrink", Tanhshrink::new);
    layer("Softplus", Softplus::new);
    layer("Softplus_beta", () -> new Softplus(0.5, 20));
    layer("Softplus_threshold", () -> new Softplus(2, 3.0));
    layer("Softsign", Softsign::new);
  }

  private void bends() {
    layer("Hardswish", Hardswish::new);
    layer("Hardswish_inplace", () -> new Hardswish(true));
    layer("Hardsigmoid", Hardsigmoid::new);
    layer("Hardsigmoid_inplace", () -> new Hardsigmoid(true));
    layer("Hardtanh", Hardtanh::new);
    layer("Hardtanh_bounds", () -> new Hardtanh(-2, 0.5));
    layer("Hardtanh_inplace", () -> new Hardtanh(-3.0, 4.0, true));
    layer("Threshold", () -> new Threshold(0.5, -2));
    layer("Threshold_inplace", () -> new Threshold(0.1, 20.0, true));
    layer("Hardshrink", Hardshrink::new);
    layer("Hardshrink_lambd", () -> new Hardshrink(1.5));
    layer("Softshrink", Softshrink::new);
    layer("Softshrink_lambd", () -> new Softshrink(2));
  }

  private void others() {
    layer("Dropout_int", () -> new Dropout(1));
    layer("Softmax_dim0", () -> new Softmax(0));
    layer("Softmax_last", () -> new Softmax(-1));
    layer("Softmin_dim1", () -> new Softmin(1));
    layer("LogSoftmax_dim1", () -> new LogSoftmax(1));
    layer("GLU", GLU::new);
    layer("GLU_dim1", () -> new GLU(1));
  }

  private void functions() {
    add("functions", () -> TorchSubject.functions(in -> floats(in.getFirst())));
    add("functions_float64", () -> TorchSubject.functions(in -> doubles(in.getFirst())));
  }

  private static List<Tensor> floats(Tensor x) {
    return List.of(
        Functional.elu(x),
        Functional.gelu(x),
        Functional.softplus(x),
        Functional.elu(x, 0.5),
        Functional.hardtanh(x, -2, 3),
        Functional.threshold(x, 1, 0),
        Functional.leakyRelu(x),
        Functional.logsigmoid(x),
        Functional.softmin(x, 1));
  }

  private static List<Tensor> doubles(Tensor x) {
    return List.of(
        Functional.relu(x),
        Functional.hardshrink(x, 0.5),
        Functional.tanhshrink(x));
  }
}
