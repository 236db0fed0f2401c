package dev.sardonyx.models.diagnose;

import static dev.sardonyx.models.diagnose.SmallGraphs.floats;
import static dev.sardonyx.models.diagnose.SmallGraphs.gemm;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.TransformerEncoder;
import dev.sardonyx.api.nn.TransformerEncoderLayer;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.models.resnet.CifarResNet18;
import dev.sardonyx.runtime.diagnose.Suspect.Charge;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.vote.Blame;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Faults deep inside, hidden at the output, in many small parts, and on the other side. */
final class ModelFaults {
  private static final Engine SOUND = new NativeEngine();

  private ModelFaults() {}

  static List<PlantedFault> list() {
    Graph net = SmallGraphs.classifier();
    return List.of(
        PlantedFault.ours(
            "in the eighth of 12 layers the scale of a head is that of all heads",
            Trace.of(transformer(), TensorType.of(DType.FLOAT32, "batch", "10", "32")).graph(),
            Map.of(),
            Surgery.on("mul_8", it -> it.last(it.op(), it.input(0), it.number(1 / Math.sqrt(32)))),
            "mul_8"),
        PlantedFault.ours(
            "a filter of ResNet-18's third stage has the other sign",
            Trace.of(new CifarResNet18()).graph(),
            Map.of(),
            FaultyEngine.weight("layer3.1.conv2.weight", ModelFaults::negated),
            "conv_15"),
        hidden(),
        PlantedFault.ours(
                "each product of a chain is too large by less than it may be",
                chain(),
                Map.of(),
                Surgery.onAll(node -> node.op() instanceof MatMul, ModelFaults::alittle),
                "matmul_\\d+")
            .but(Charge.GROWN, Blame.NEITHER),
        onBoth("the reference reads alpha as 0.01", net, SOUND, alpha(0.01f), Blame.REFERENCE),
        onBoth(
            "both read alpha otherwise",
            net,
            new FaultyEngine(SOUND, Surgery.operator("leakyrelu_1", leaky(0.01f))),
            alpha(0.3f),
            Blame.BOTH));
  }

  private static TransformerEncoder transformer() {
    var layer = new TransformerEncoderLayer(32, 4, o -> o.dimFeedforward(64).batchFirst(true));
    return new TransformerEncoder(layer, 12);
  }

  private static DenseTensor negated(DenseTensor weight) {
    float[] values = weight.floats();
    int filter = values.length / (int) weight.shape().dim(0).fixed();
    for (int i = 0; i < filter; i++) {
      values[i] = -values[i];
    }
    return Tensor.of(values, weight.shape().sizes()).dense();
  }

  /** Softmax is the same for scores that are all larger by one number. */
  static PlantedFault hidden() {
    Graph graph =
        SmallGraphs.of(
            floats(2, 6),
            (b, x) -> {
              Value scores = b.add(gemm(false), x, b.weight("w", 1, 6, 5), b.weight("b", 1, 5));
              return b.add(new NormalizationOp.Softmax(-1), scores);
            });
    return PlantedFault.ours(
        "scores are too large by 0.5, which Softmax takes away again",
        graph,
        Map.of(),
        Surgery.on(
            "gemm_1",
            it -> it.last(new BinaryOp.Add(), it.add(it.op(), it.inputs()), it.number(0.5))),
        "gemm_1");
  }

  private static Graph chain() {
    return SmallGraphs.of(
        floats(4, 8),
        (b, x) -> {
          Value y = x;
          for (int i = 0; i < 40; i++) {
            y = b.add(new MatMul(), y, b.weight("turn" + i, 0.35, 8, 8));
          }
          return b.add(new UnaryOp.Neg(), y);
        });
  }

  private static void alittle(Surgery it) {
    it.last(new BinaryOp.Mul(), it.add(it.op(), it.inputs()), it.number(1 + 1.5e-5));
  }

  private static ActivationOp leaky(float alpha) {
    return new ActivationOp.LeakyRelu(alpha);
  }

  private static Engine alpha(float alpha) {
    UnaryOperator<Graph> misread = Surgery.operator("leakyrelu_1", leaky(alpha));
    return new FaultyEngine(PlantedFault.ort(), misread);
  }

  private static PlantedFault onBoth(
      String name, Graph graph, Engine engine, Engine reference, Blame blame) {
    return new PlantedFault(
        name, graph, Map.of(), engine, reference, "leakyrelu_1", Charge.FAULT, blame);
  }
}
