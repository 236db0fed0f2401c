package dev.sardonyx.models.check;

import static dev.sardonyx.models.check.BothEngines.agree;
import static dev.sardonyx.models.check.BothEngines.agreeInAllFloats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.op.AutoPad;
import dev.sardonyx.api.op.MaxUnpool;
import dev.sardonyx.api.op.PoolOp.AveragePool;
import dev.sardonyx.api.op.PoolOp.GlobalAveragePool;
import dev.sardonyx.api.op.PoolOp.GlobalLpPool;
import dev.sardonyx.api.op.PoolOp.GlobalMaxPool;
import dev.sardonyx.api.op.PoolOp.LpPool;
import dev.sardonyx.api.op.PoolOp.MaxPool;
import dev.sardonyx.api.op.RegionOp.MaxRoiPool;
import dev.sardonyx.api.op.RegionOp.RoiAlign;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pools against ONNX Runtime, of every element type. */
class PoolEnginesTest {

  private static Tensor random(long seed, long... sizes) {
    int count = 1;
    for (long size : sizes) {
      count *= (int) size;
    }
    float[] values = new float[count];
    var random = new Random(seed);
    for (int i = 0; i < count; i++) {
      values[i] = Math.round(random.nextFloat() * 200 - 100) / 8f;
    }
    return Tensor.of(values, sizes);
  }

  private static Window window(boolean ceil, AutoPad pad, Integer... pads) {
    return new Window(List.of(3, 2), List.of(2, 3), List.of(1, 1), List.of(pads), pad, ceil);
  }

  private static List<Window> windows() {
    return List.of(
        window(false, AutoPad.NOTSET, 0, 0, 0, 0),
        window(true, AutoPad.NOTSET, 1, 0, 2, 1),
        window(false, AutoPad.NOTSET, 2, 1, 1, 1),
        window(false, AutoPad.SAME_UPPER, 0, 0, 0, 0),
        window(false, AutoPad.SAME_LOWER, 0, 0, 0, 0),
        window(false, AutoPad.VALID, 0, 0, 0, 0),
        Window.of(List.of(2, 2), List.of(1, 2), List.of(2, 3), List.of(1, 0)));
  }

  @Test
  void poolsOfPicturesOfAllFloats() {
    Tensor x = random(1, 2, 3, 8, 9);
    for (Window window : windows()) {
      agree(new MaxPool(window), x);
      agree(new LpPool(window, 1), x);
      agree(new LpPool(window, 2), x);
      agree(new LpPool(window, 3), x);
      agreeInAllFloats(new MaxPool(window, true), x);
      agreeInAllFloats(new LpPool(window, 2), x);
      for (boolean pads : new boolean[] {true, false}) {
        agree(new AveragePool(window, pads), x);
        agreeInAllFloats(new AveragePool(window, pads), x);
      }
    }
  }

  @Test
  void poolsOfLinesAndVolumes() {
    Window line = Window.of(List.of(3), List.of(2), List.of(1), List.of(1));
    Window volume =
        Window.of(List.of(2, 2, 2), List.of(2, 1, 2), List.of(1, 2, 1), List.of(1, 0, 1));
    for (int i = 0; i < 2; i++) {
      Window window = i == 0 ? line : volume;
      Tensor x = i == 0 ? random(1, 2, 3, 9) : random(1, 2, 2, 5, 6, 7);
      agree(new MaxPool(window, i == 1), x);
      agreeInAllFloats(new MaxPool(window, i == 1), x);
      agreeInAllFloats(new AveragePool(window, true), x);
      agreeInAllFloats(new LpPool(window, 2), x);
    }
  }

  @Test
  void fourSpatialAxesAreThreeWhenOneIsTrivial() {
    Window four =
        Window.of(
            List.of(1, 2, 2, 2), List.of(1, 2, 1, 2), List.of(1, 1, 2, 1), List.of(0, 1, 0, 1));
    Window three =
        Window.of(List.of(2, 2, 2), List.of(2, 1, 2), List.of(1, 2, 1), List.of(1, 0, 1));
    Tensor x = random(1, 2, 2, 1, 5, 6, 7);
    for (boolean pads : new boolean[] {true, false}) {
      Tensor expected = Operations.apply(new AveragePool(three, pads), x.squeeze(2));
      Tensor found = Operations.apply(new AveragePool(four, pads), x).squeeze(2);
      assertThat(found.dense().floats()).containsExactly(expected.dense().floats());
    }
    Tensor expected = Operations.apply(new MaxPool(three), x.squeeze(2));
    assertThat(Operations.apply(new MaxPool(four), x).squeeze(2).dense().floats())
        .containsExactly(expected.dense().floats());
  }

  @Test
  void maximaOfBytes() {
    for (DType type : List.of(DType.INT8, DType.UINT8)) {
      Tensor x = random(1, 1, 2, 8, 9).abs().to(type);
      for (Window window : windows()) {
        agree(new MaxPool(window), x);
      }
    }
  }

  /** ONNX: ceil((size - extent + 1) / stride), which is floor((size - extent) / stride) + 1. */
  @Test
  void validWindowsAreWholeEvenWithCeilMode() {
    Tensor y =
        Operations.apply(
            new MaxPool(window(true, AutoPad.VALID, 0, 0, 0, 0)), random(1, 1, 1, 8, 9));
    assertThat(y.shape().sizes()).containsExactly(1, 1, 3, 3);
  }

  @Test
  void poolsOfPlanes() {
    Tensor x = random(1, 2, 3, 4, 5);
    for (int p : new int[] {1, 2, 3}) {
      agree(new GlobalLpPool(p), x);
      agreeInAllFloats(new GlobalLpPool(p), x);
    }
    agreeInAllFloats(new GlobalMaxPool(), x);
    agreeInAllFloats(new GlobalAveragePool(), random(1, 2, 3, 4));
  }

  @Test
  void unpoolingUndoesPooling() {
    Window window = Window.of(List.of(2, 2), List.of(2, 2), List.of(1, 1), List.of(0, 0));
    List<Tensor> pooled =
        Operations.applyAll(
            new MaxPool(window), Stream.of(random(1, 2, 3, 4, 6)).map(Optional::of).toList());
    agree(new MaxUnpool(window), 2, pooled.get(0), pooled.get(1));
    agree(
        new MaxUnpool(window), pooled.get(0), pooled.get(1), Tensor.of(new long[] {2, 3, 4, 6}, 4));
    agreeInAllFloats(new MaxUnpool(window), pooled.get(0), pooled.get(1));
  }

  @Test
  void placesOutsideAreRefused() {
    Window window = Window.of(List.of(2), List.of(2), List.of(1), List.of(0));
    Tensor x = random(1, 1, 1, 2);
    for (long place : new long[] {-1, 4, Long.MAX_VALUE}) {
      assertThatThrownBy(
              () ->
                  Operations.apply(
                      new MaxUnpool(window), x, Tensor.of(new long[] {0, place}, 1, 1, 2)))
          .hasMessageContaining("MaxUnpool: I must be within 0 and 3");
    }
  }

  @Test
  void regionsAreSampled() {
    Tensor x = random(1, 2, 3, 9, 11);
    Tensor rois =
        Tensor.of(
            new float[] {0, 0, 8, 7, 1.3f, 2.6f, 5.1f, 6.9f, -3, -2, 14, 20, 5, 5, 5.2f, 5.1f},
            4,
            4);
    Tensor batch = Tensor.of(new long[] {0, 1, 1, 0}, 4);
    for (boolean halfPixel : new boolean[] {true, false}) {
      for (int ratio : new int[] {0, 2}) {
        for (float scale : new float[] {1, 0.5f}) {
          for (boolean max : new boolean[] {true, false}) {
            var op = new RoiAlign(halfPixel, max, 3, 2, ratio, scale);
            agree(op, 3, x, rois, batch);
          }
        }
      }
    }
    assertThatThrownBy(
            () ->
                Operations.apply(
                    new RoiAlign(true, false, 1, 1, 0, 1),
                    x,
                    rois,
                    Tensor.of(new long[] {0, 1, 2, 0}, 4)))
        .hasMessageContaining("RoiAlign: batch indices must be within 0 and 1");
  }

  @Test
  void largestElementsOfRegions() {
    Tensor x = random(1, 2, 3, 9, 11);
    Tensor rois =
        Tensor.of(
            new float[] {
              0, 0, 0, 8, 7, 1, 1.3f, 2.6f, 5.1f, 6.9f, 1, -3, -2, 14, 20, 0, 5, 5, 5.2f, 5.1f
            },
            4,
            5);
    agree(new MaxRoiPool(2, 3, 1), 2, x, rois);
    agree(new MaxRoiPool(3, 1, 0.5f), 2, x, rois);
  }
}
