package dev.sardonyx.runtime.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.AffineGrid;
import dev.sardonyx.api.op.CenterCropPad;
import dev.sardonyx.api.op.Col2Im;
import dev.sardonyx.api.op.DeformConv;
import dev.sardonyx.api.op.GridSample;
import dev.sardonyx.api.op.GridSample.Mode;
import dev.sardonyx.api.op.GridSample.PaddingMode;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators that sample give what PyTorch gives. */
class SamplingOperatorsTest {
  private static final double SINGLE = 5e-6;
  private static final List<Integer> NONE = List.of();
  private static final Map<String, GoldenOperator> GOLDEN = GoldenOperator.all("sampling");

  private static GoldenOperator golden(String name) {
    return Objects.requireNonNull(GOLDEN.get(name), name);
  }

  @ParameterizedTest
  @EnumSource
  void imagesAtPlacesArePyTorchs(PaddingMode padding) {
    Map<String, Mode> modes =
        Map.of("bilinear", Mode.LINEAR, "nearest", Mode.NEAREST, "bicubic", Mode.CUBIC);
    for (boolean corners : List.of(true, false)) {
      modes.forEach(
          (name, mode) -> {
            String end =
                "_"
                    + name
                    + "_"
                    + padding.name().toLowerCase(Locale.ROOT)
                    + (corners ? "_1" : "_0");
            golden("grid_2d" + end).check(new GridSample(mode, padding, corners), SINGLE);
            if (mode != Mode.CUBIC) {
              golden("grid_3d" + end).check(new GridSample(mode, padding, corners), SINGLE);
            }
          });
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void placesByMatricesArePyTorchs(boolean corners) {
    golden("affine_2d_" + (corners ? 1 : 0)).check(new AffineGrid(corners), SINGLE);
    golden("affine_3d_" + (corners ? 1 : 0)).check(new AffineGrid(corners), SINGLE);
  }

  @Test
  void blocksAreAddedUpAsByFold() {
    golden("fold").check(new Col2Im(List.of(1, 2), List.of(1, 0, 1, 0), List.of(2, 3)), SINGLE);
  }

  @Test
  void kernelsOfTheirOwnPlacesAreTorchvisions() {
    var window = Window.of(List.of(3, 2), List.of(2, 1), List.of(1, 1), List.of(1, 0));
    golden("deformed").check(new DeformConv(window, 2, 2), SINGLE);
  }

  private static Tensor run(Op op, Tensor... inputs) {
    return new NativeEvaluator().evaluate(op, Operators.given(inputs)).getFirst();
  }

  private static Tensor n(long... values) {
    return Tensor.of(values, values.length);
  }

  @Test
  void integersAreTakenAsTheyAre() {
    long large = (1L << 60) + 1;
    Tensor x = Tensor.of(new long[] {large, 2}, 1, 1, 1, 2);
    Tensor grid = Tensor.of(new float[] {-0.5f, 0, 9, 0}, 1, 1, 2, 2);
    Tensor y = run(new GridSample(Mode.NEAREST, PaddingMode.ZEROS, false), x, grid);
    Operators.close("nearest", y, Tensor.of(new long[] {large, 0}, 1, 1, 1, 2), 0);
    Tensor blocks = Tensor.of(new long[] {large, 1, 1, 2}, 1, 2, 2);
    Tensor sum = run(new Col2Im(NONE, NONE, NONE), blocks, n(1, 3), n(1, 2));
    Operators.close("sum", sum, Tensor.of(new long[] {large, 2, 2}, 1, 1, 1, 3), 0);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT64", "FLOAT16", "BFLOAT16"})
  void allFloatsHoldTheSameNumbers(DType type) {
    double tolerance = type == DType.FLOAT64 ? SINGLE : type == DType.FLOAT16 ? 2e-3 : 2e-2;
    Tensor x = Operators.random(1, 1, 2, 4, 5);
    Tensor grid = Operators.random(2, 1, 3, 3, 2);
    var op = new GridSample(Mode.CUBIC, PaddingMode.BORDER, true);
    // The places stay float32: rounding them would move them.
    Tensor narrow = run(op, x.dense().convert(type), grid);
    Operators.close(type + "", narrow.dense().convert(DType.FLOAT32), run(op, x, grid), tolerance);
  }

  @Test
  void whatCannotBeIsRefused() {
    Tensor x = Tensor.ones(1, 2, 3, 4);
    Tensor empty = Tensor.zeros(1, 2, 0, 4);
    Tensor grid = Tensor.zeros(1, 2, 2, 2);
    var sample = new GridSample(Mode.LINEAR, PaddingMode.BORDER, true);
    var window = Window.of(List.of(2, 2), List.of(1, 1), List.of(1, 1), List.of(0, 0));
    Tensor w = Tensor.ones(2, 2, 2, 2);
    for (Runnable wrong :
        List.<Runnable>of(
            () -> run(sample, empty, grid),
            () -> run(sample, x, Tensor.zeros(1, 2, 2, 3)),
            () -> run(sample, x, Tensor.zeros(2, 2, 2, 2)),
            () -> run(new AffineGrid(true), Tensor.ones(1, 2, 3), n(1, 1, 2)),
            () -> run(new AffineGrid(true), Tensor.ones(1, 3, 4), n(1, 1, 2, 2)),
            () -> run(new Col2Im(NONE, NONE, NONE), Tensor.ones(1, 4, 3), n(2, 2), n(0, 2)),
            () -> run(new Col2Im(NONE, NONE, NONE), Tensor.ones(1, 4, 3), n(3, 3), n(2, 2)),
            () -> run(new Col2Im(NONE, NONE, List.of(1)), Tensor.ones(1, 4, 4), n(3, 3), n(2, 2)),
            () -> run(new CenterCropPad(List.of(3)), Tensor.ones(2, 3), n(1)),
            () -> run(new CenterCropPad(NONE), Tensor.ones(2, 3), n(1, -1)),
            () -> run(new DeformConv(window, 1, 1), x, w, Tensor.zeros(1, 8, 2, 2)),
            () -> run(new DeformConv(window, 0, 1), x, w, Tensor.zeros(1, 8, 2, 3)),
            () -> run(new DeformConv(window, 1, 3), x, w, Tensor.zeros(1, 24, 2, 3)))) {
      assertThatThrownBy(wrong::run).isInstanceOf(SardonyxException.class);
    }
  }
}
