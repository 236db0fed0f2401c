package dev.sardonyx.apitest;

import static dev.sardonyx.api.error.ErrorCode.ARGUMENT;
import static dev.sardonyx.api.error.ErrorCode.MODEL;
import static dev.sardonyx.api.error.ErrorCode.NOT_FOUND;
import static dev.sardonyx.api.error.ErrorCode.SHAPE;
import static dev.sardonyx.apitest.Graphs.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.nn.AdaptiveAvgPool2d;
import dev.sardonyx.api.nn.AvgPool2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Dropout;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.IntTuple;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.ModuleDict;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.PReLU;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.Softmax;
import dev.sardonyx.api.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LayerErrorTest {
  @Test
  void argumentsAreNamedWithBothSides() {
    Errors.expect(
        ARGUMENT, () -> new Linear(0, 1), "Linear: inFeatures must be 1 or more, found 0");
    Errors.expect(
        ARGUMENT,
        () -> new Conv2d(3, 4, 3, o -> o.groups(2)),
        "Conv2d: inChannels must be a multiple of groups = 2, found 3");
    Errors.expect(
        ARGUMENT,
        () -> new Conv2d(4, 3, 3, o -> o.groups(2)),
        "Conv2d: outChannels must be a multiple of groups = 2, found 3");
    Errors.expect(ARGUMENT, () -> new Conv2d(4, 3, 3, o -> o.groups(0)), "groups must be 1");
    Errors.expect(
        ARGUMENT, () -> new Conv2d(1, 1, 3, 0, 0), "Conv2d: stride must be 1 or more, found 0");
    Errors.expect(ARGUMENT, () -> new Conv2d(1, 1, IntTuple.of(3, 0), o -> o), "found (3, 0)");
    Errors.expect(ARGUMENT, () -> new Dropout(1.5), "Dropout: p must be in [0, 1], found 1.5");
    Errors.expect(ARGUMENT, () -> new Dropout(Double.NaN), "found NaN");
    Errors.expect(
        ARGUMENT,
        () -> new MaxPool2d(2, o -> o.padding(2)),
        "MaxPool2d: padding must be at most half of kernelSize = 2, found 2");
    Errors.expect(ARGUMENT, () -> new AvgPool2d(3, o -> o.padding(2)), "AvgPool2d: padding");
    Errors.expect(ARGUMENT, () -> new AdaptiveAvgPool2d(0), "outputSize must be 1 or more");
    Errors.expect(ARGUMENT, () -> new PReLU(0), "PReLU: numParameters must be 1 or more");
  }

  @Test
  void shapesAreNamedAsTheLayerExpectsThem() {
    Errors.expect(
        SHAPE,
        () -> trace(new Conv2d(3, 8, 3), "batch", "1", "28", "28"),
        "Conv2d expects [N, 3, H, W] or [3, H, W], found float32[batch, 1, 28, 28]",
        "at Graphs.java:");
    Errors.expect(
        SHAPE,
        () -> trace(new Linear(784, 10), "batch", "100"),
        "Linear expects [..., 784], found float32[batch, 100]");
    Errors.expect(SHAPE, () -> trace(new Linear(784, 10)), "found float32[]");
    Errors.expect(
        SHAPE,
        () -> trace(new MaxPool2d(2), "batch", "100"),
        "MaxPool2d expects [N, C, H, W] or [C, H, W], found float32[batch, 100]");
    Errors.expect(
        SHAPE,
        () -> trace(new MaxPool2d(5), "1", "1", "4", "4"),
        "kernel extent must be within the padded input on spatial axis 0 (5 vs 4)");
    Errors.expect(
        SHAPE,
        () -> trace(new PReLU(3), "batch", "4", "5"),
        "prelu with 3 slopes expects [N, 3, ...], found float32[batch, 4, 5]");
    Errors.expect(SHAPE, () -> trace(new Softmax(2), "batch", "4"), "axis 2 is outside [-2, 1]");
  }

  @Test
  void anUnfitLayerIsFoundByItsPathAndLine() {
    var model = new Sequential().add("body", new Sequential(new ReLU(), new Linear(4, 3)));
    var error = Errors.expect(SHAPE, () -> trace(model, "batch", "5"), "found float32[batch, 5]");
    assertThat(error.place().orElseThrow()).matches("body\\.1, Graphs\\.java:\\d+");
  }

  @Test
  void containersNameWhatTheyHave() {
    var dict = new ModuleDict<ReLU>().add("conv", new ReLU()).add("pool", new ReLU());
    Errors.expect(
        NOT_FOUND,
        () -> dict.get("lrelu"),
        "ModuleDict has no module 'lrelu'; it has [conv, pool]");
    Errors.expect(
        NOT_FOUND,
        () -> new ModuleList<>(new ReLU()).get(1),
        "ModuleList has no module at 1; it has 1");
    Errors.expect(MODEL, () -> dict.add("conv", new ReLU()), "a module named 'conv' already");
    Errors.expect(MODEL, () -> new Sequential().add("a.b", new ReLU()), "may not be named 'a.b'");
    Errors.expect(MODEL, () -> new Sequential().add("", new ReLU()), "may not be named ''");
  }

  @Test
  void aBiasThatOptionsDenyIsRefused() {
    Tensor x = Tensor.ones(1, 1, 3, 3);
    Errors.expect(
        ARGUMENT,
        () -> Functional.conv2d(x, Tensor.ones(1, 1, 3, 3), Tensor.ones(1), o -> o.bias(false)),
        "conv2d: bias must be null where options say bias(false)");
  }

  @Test
  void anEagerErrorNamesTheLine() {
    Errors.expect(
        SHAPE, () -> new Linear(3, 2).forward(Tensor.ones(1, 4)), "at LayerErrorTest.java:");
  }
}
