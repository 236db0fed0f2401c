package dev.sardonyx.apitest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.BatchNorm3d;
import dev.sardonyx.api.nn.Bilinear;
import dev.sardonyx.api.nn.GroupNorm;
import dev.sardonyx.api.nn.InstanceNorm1d;
import dev.sardonyx.api.nn.InstanceNorm2d;
import dev.sardonyx.api.nn.LayerNorm;
import dev.sardonyx.api.nn.NormOptions;
import dev.sardonyx.api.nn.RMSNorm;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("the default generator")
class NormalizationLayersTest {

  private static void keepsItsShape(UnaryModule layer, String... dims) {
    TensorType type = TensorType.of(DType.FLOAT32, dims);
    assertThat(Trace.of(layer, type).graph().outputs().getFirst().type()).isEqualTo(type);
  }

  @Test
  void symbolicDimsStay() {
    keepsItsShape(new LayerNorm(4, 5), "batch", "seq", "4", "5");
    keepsItsShape(new RMSNorm(5), "batch", "seq", "5");
    keepsItsShape(new GroupNorm(2, 4), "batch", "4", "h", "w");
    keepsItsShape(new InstanceNorm1d(4), "batch", "4", "seq");
    keepsItsShape(new InstanceNorm1d(4), "4", "seq");
    keepsItsShape(new BatchNorm3d(4, o -> o.trackRunningStats(false)), "batch", "4", "d", "h", "w");
  }

  @Test
  void bilinearKeepsAllLeadingSymbols() {
    var layer = new Bilinear(3, 4, 5);
    var inputs =
        List.of(
            new Value("a", TensorType.of(DType.FLOAT32, "batch", "seq", "3")),
            new Value("b", TensorType.of(DType.FLOAT32, "batch", "seq", "4")));
    var graph = Trace.of(layer, inputs, in -> List.of(layer.forward(in.get(0), in.get(1)))).graph();
    assertThat(graph.outputs().getFirst().type())
        .isEqualTo(TensorType.of(DType.FLOAT32, "batch", "seq", "5"));
  }

  @Test
  void namesTheShapesItExpects() {
    Errors.expect(
        ErrorCode.SHAPE,
        () -> new LayerNorm(4, 5).forward(Tensor.ones(2, 5, 4)),
        "LayerNorm expects [..., 4, 5], found float32[2, 5, 4]");
    Errors.expect(
        ErrorCode.SHAPE,
        () -> new RMSNorm(4).forward(Tensor.scalar(1f)),
        "RMSNorm expects [..., 4], found float32[]");
    Errors.expect(
        ErrorCode.SHAPE,
        () -> new GroupNorm(2, 4).forward(Tensor.ones(2, 3)),
        "GroupNorm expects [N, 4, ...], found float32[2, 3]");
    Errors.expect(
        ErrorCode.SHAPE,
        () -> new InstanceNorm2d(3).forward(Tensor.ones(3, 4)),
        "InstanceNorm2d expects [N, 3, H, W] or [3, H, W], found float32[3, 4]");
    Errors.expect(
        ErrorCode.SHAPE,
        () -> new InstanceNorm1d(3).forward(Tensor.ones(2, 3, 1)),
        "more than 1 value per channel of a sample");
    Errors.expect(
        ErrorCode.SHAPE,
        () -> new Bilinear(3, 4, 5).forward(Tensor.ones(2, 3), Tensor.ones(3, 4)),
        "bilinear expects inputs alike but for their last dims");
  }

  @Test
  void refusesArgumentsThatPyTorchRefuses() {
    Errors.expect(
        ErrorCode.ARGUMENT,
        () -> new GroupNorm(4, 6),
        "GroupNorm: numChannels must be a multiple of numGroups = 4, found 6");
    Errors.expect(
        ErrorCode.ARGUMENT, () -> new LayerNorm(), "LayerNorm: normalizedShape must be one size");
    Errors.expect(
        ErrorCode.ARGUMENT,
        () -> new InstanceNorm1d(3, NormOptions::cumulativeAverage),
        "InstanceNorm1d: momentum must be a number");
    Errors.expect(
        ErrorCode.ARGUMENT, () -> new LayerNorm(3, o -> o.eps(-1)), "eps must be 0 or more");
  }
}
