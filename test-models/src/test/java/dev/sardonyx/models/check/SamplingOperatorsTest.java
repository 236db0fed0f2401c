package dev.sardonyx.models.check;

import static dev.sardonyx.models.check.BothEngines.agree;

import dev.sardonyx.api.op.AffineGrid;
import dev.sardonyx.api.op.CenterCropPad;
import dev.sardonyx.api.op.Col2Im;
import dev.sardonyx.api.op.DeformConv;
import dev.sardonyx.api.op.GridSample;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators that sample give what ONNX Runtime gives. */
class SamplingOperatorsTest {
  private static final List<Integer> NONE = List.of();

  private static Tensor x(long seed, long... sizes) {
    return Random32.of(seed, sizes);
  }

  private static Tensor n(long... values) {
    return Tensor.of(values, values.length);
  }

  @ParameterizedTest
  @EnumSource
  void imagesAtPlaces(GridSample.PaddingMode padding) {
    for (boolean corners : List.of(true, false)) {
      for (GridSample.Mode mode : GridSample.Mode.values()) {
        var op = new GridSample(mode, padding, corners);
        agree(op, 2, x(1, 2, 3, 5, 4), Random32.between(-1, 1, 2, 2, 6, 7, 2));
        agree(op, 2, x(1, 2, 3, 5, 4), Random32.between(-4, 4, 3, 2, 6, 7, 2));
        agree(op, 2, x(1, 1, 1, 2, 9), Random32.between(-2, 2, 4, 1, 1, 33, 2));
        if (mode != GridSample.Mode.CUBIC) { // ONNX Runtime has it in two dimensions alone
          agree(op, 2, x(1, 2, 3, 5, 4, 3), Random32.between(-2, 2, 5, 2, 2, 3, 4, 3));
        }
      }
    }
    var op = new GridSample(GridSample.Mode.LINEAR, padding, false);
    Tensor wide = x(1, 1, 2, 3, 4).dense().convert(DType.FLOAT64);
    agree(op, 2, wide, Random32.between(-2, 2, 2, 1, 3, 3, 2).dense().convert(DType.FLOAT64));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void placesByMatrices(boolean corners) {
    agree(new AffineGrid(corners), x(1, 2, 2, 3), n(2, 3, 4, 5));
    agree(new AffineGrid(corners), x(1, 2, 3, 4), n(2, 3, 4, 5, 2));
    agree(new AffineGrid(false), x(1, 1, 2, 3), n(1, 1, 1, 3));
  }

  @Test
  void blocksAreAddedUp() {
    agree(new Col2Im(NONE, NONE, NONE), x(1, 1, 5, 5), n(5, 5), n(1, 5));
    agree(new Col2Im(NONE, NONE, NONE), x(1, 2, 12, 12), n(4, 5), n(2, 2));
    agree(
        new Col2Im(List.of(1, 2), List.of(1, 0, 2, 1), List.of(2, 1)),
        x(1, 2, 12, 9),
        n(4, 4),
        n(3, 2));
    agree(new Col2Im(NONE, NONE, NONE), x(1, 1, 16, 12), n(3, 3, 4), n(2, 2, 2));
  }

  @Test
  void middles() {
    Tensor x = x(1, 5, 4, 3);
    agree(new CenterCropPad(NONE), x, n(2, 7, 3));
    agree(new CenterCropPad(NONE), x, n(4, 1, 6));
    agree(new CenterCropPad(List.of(-1, 0)), x, n(8, 2));
    agree(new CenterCropPad(List.of(0)), n(1, 2, 3, 4), n(3));
  }

  @Test
  void kernelsOfTheirOwnPlaces() {
    var plain = Window.of(List.of(2, 2), List.of(1, 1), List.of(1, 1), List.of(0, 0));
    var window = Window.of(List.of(3, 2), List.of(2, 1), List.of(1, 2), List.of(1, 1));
    agree(new DeformConv(plain, 1, 1), 3, x(1, 1, 1, 3, 3), x(2, 1, 1, 2, 2), x(3, 1, 8, 2, 2));
    Tensor offset = Random32.between(-3, 3, 4, 2, 24, 3, 6);
    agree(
        new DeformConv(window, 2, 2),
        5,
        x(1, 2, 4, 5, 6),
        x(2, 6, 2, 3, 2),
        offset,
        x(3, 6),
        x(5, 2, 12, 3, 6));
    agree(new DeformConv(window, 1, 2), 3, x(1, 2, 4, 5, 6), x(2, 3, 4, 3, 2), offset);
  }
}
