package dev.sardonyx.models.check;

import static dev.sardonyx.models.check.BothEngines.agree;
import static dev.sardonyx.models.check.BothEngines.agreeOnSymbols;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Expand;
import dev.sardonyx.api.op.FillOp;
import dev.sardonyx.api.op.GatherElements;
import dev.sardonyx.api.op.OneHot;
import dev.sardonyx.api.op.Pad;
import dev.sardonyx.api.op.Resize;
import dev.sardonyx.api.op.Resize.AspectRatio;
import dev.sardonyx.api.op.SizeOf;
import dev.sardonyx.api.op.Slice;
import dev.sardonyx.api.op.SpaceOp;
import dev.sardonyx.api.op.Split;
import dev.sardonyx.api.op.Tile;
import dev.sardonyx.api.op.Trilu;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators that move elements: ONNX Runtime moves them to the same places. */
class IndexingOperatorsTest {

  private static Tensor x(long... sizes) {
    long count = 1;
    for (long size : sizes) {
      count *= size;
    }
    float[] values = new float[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 7 * 0.5f - i % 3 + i * 0.01f;
    }
    return Tensor.of(values, sizes);
  }

  private static Tensor n(long... values) {
    return Tensor.of(values, values.length);
  }

  @Test
  void slice() {
    Tensor x = x(4, 5, 6);
    agree(new Slice(), x, n(1, 0), n(3, 100));
    agree(new Slice(), x, n(-3), n(-1), n(1));
    agree(new Slice(), x, n(-1, 5, 1), n(-100, 0, Long.MAX_VALUE), n(0, -1, 1), n(-1, -2, 3));
    agree(new Slice(), x, n(3), n(2), n(0));
    agree(new Slice(), x, n(0), n(Long.MAX_VALUE), n(2), n(4));
    agree(new Slice(), x, n(-100), n(100), n(2), n(5));
    agree(new Slice(), n(1, 2, 3, 4), n(4), n(Long.MIN_VALUE), n(0), n(-1));
  }

  /** Where a dim is a symbol as the file is read, and turns out to be shorter than what is cut. */
  @Test
  void slicesOfSymbolsThatAreShort() {
    Tensor x = x(4, 2);
    agreeOnSymbols(new Slice(), x, n(-2), n(-5), n(0));
    agreeOnSymbols(new Slice(), x, n(3), n(Long.MIN_VALUE), n(0));
    agreeOnSymbols(new Slice(), x, n(Long.MIN_VALUE), n(-2), n(0));
    agreeOnSymbols(new Slice(), x, n(Long.MAX_VALUE), n(-1), n(0));
    agreeOnSymbols(new Slice(), x, n(9, -3), n(-1, -1), n(0, 1));
    agreeOnSymbols(new Slice(), x, n(-9), n(-3), n(0));
  }

  @Test
  void split() {
    agree(new Split(1, 0), x(2, 7, 3), n(3, 0, 4));
    agree(new Split(-1, 0), x(2, 4), n(1, 3));
    agree(new Split(0, 3), x(7, 2));
    agree(new Split(1, 2), x(3, 6, 2));
  }

  @Test
  void pad() {
    Tensor x = x(3, 4, 5);
    Tensor nine = Tensor.scalar(9f);
    agree(new Pad(Pad.Mode.CONSTANT), x, n(1, 0, 2, 0, 3, 1));
    agree(new Pad(Pad.Mode.CONSTANT), x, n(1, 0, 2, 0, 3, 1), nine);
    agree(new Pad(Pad.Mode.CONSTANT), x, n(2, -1), nine, n(-1));
    agree(new Pad(Pad.Mode.CONSTANT), x, n(-1, 0, -2, 1, -1, 0), nine);
    agree(new Pad(Pad.Mode.CONSTANT), n(1, 2), n(1, 2), Tensor.scalar(5L));
    agree(new Pad(Pad.Mode.REFLECT), x, n(2, 1), null, n(1));
    agree(new Pad(Pad.Mode.REFLECT), x, n(2, 3, 4, 1, 0, 2));
    agree(new Pad(Pad.Mode.EDGE), x, n(0, 1, 2, 1, 7, 0));
    agree(new Pad(Pad.Mode.WRAP), x, n(0, 1, 2, 1, 3, 5));
    agree(new Pad(Pad.Mode.EDGE), x(2, 1), n(0, 2, 0, 3));
  }

  @Test
  void expand() {
    agree(new Expand(), x(3, 1), n(2, 1, 4));
    agree(new Expand(), x(3, 1), n(1));
    agree(new Expand(), Tensor.scalar(3f), n(2, 2));
    agree(new Expand(), n(7), n(3, 0));
  }

  @Test
  void gatherElements() {
    Tensor indices = Tensor.of(new long[] {0, -1, 2, 1}, 2, 2);
    agree(new GatherElements(0), 2, x(3, 3), indices);
    agree(new GatherElements(-1), 2, x(3, 3), indices);
    agree(new GatherElements(1), 2, x(2, 5, 2), Tensor.of(new long[] {4, 0, -5, 3, 3, 1}, 1, 3, 2));
  }

  @Test
  void tile() {
    agree(new Tile(), x(2, 3), n(2, 3));
    agree(new Tile(), x(2, 1, 3), n(1, 4, 0));
  }

  @Test
  void trilu() {
    for (long k = -4; k < 6; k++) {
      agree(new Trilu(true), x(2, 3, 5), Tensor.scalar(k));
      agree(new Trilu(false), x(2, 5, 3), Tensor.scalar(k));
    }
    agree(new Trilu(true), x(3, 3));
  }

  @Test
  void whatIsMadeOfSizesAlone() {
    agree(new SizeOf(), x(2, 3));
    agree(new FillOp.ConstantOfShape(Attribute.ofScalar(2.5f)), 0, n(2, 3));
    agree(new FillOp.ConstantOfShape(Attribute.ofScalar(7L)), 0, n());
    agree(new FillOp.Range(), 0, Tensor.scalar(3L), Tensor.scalar(12L), Tensor.scalar(4L));
    agree(new FillOp.Range(), 0, Tensor.scalar(3L), Tensor.scalar(-2L), Tensor.scalar(-1L));
  }

  @Test
  void blocks() {
    agree(new SpaceOp.DepthToSpace(2, SpaceOp.Order.DCR), x(2, 12, 2, 3));
    agree(new SpaceOp.DepthToSpace(2, SpaceOp.Order.CRD), x(2, 12, 2, 3));
    agree(new SpaceOp.SpaceToDepth(3), x(2, 2, 6, 3));
  }

  @Test
  void oneHot() {
    Tensor values = Tensor.of(new float[] {-1, 2}, 2);
    agree(new OneHot(-1), n(0, 2, -1, 5), Tensor.scalar(3L), values);
    agree(new OneHot(0), Tensor.of(new long[] {0, 1, 2, 3}, 2, 2), n(4), values);
  }

  @ParameterizedTest
  @ValueSource(floats = {-1, -3.5f, Float.NaN})
  void oneHotHasNoNegativeDepth(float depth) {
    List<Optional<Tensor>> inputs =
        Stream.of(n(0), Tensor.scalar(depth), x(2)).map(Optional::of).toList();
    assertThatThrownBy(() -> Operations.applyAll(new OneHot(-1), inputs))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("depth must be 0 or more");
    List<Optional<Tensor>> whole =
        Stream.of(n(0), Tensor.scalar(-1L), x(2)).map(Optional::of).toList();
    assertThatThrownBy(() -> Operations.applyAll(new OneHot(-1), whole))
        .isInstanceOf(SardonyxException.class);
  }

  private static Resize resize(Resize.Mode mode, Resize.Coordinates c, Resize.Nearest nearest) {
    return new Resize(mode, c, nearest, Resize.CUBIC, false, List.of());
  }

  @ParameterizedTest
  @EnumSource(names = "TF_CROP_AND_RESIZE", mode = EnumSource.Mode.EXCLUDE)
  void resize(Resize.Coordinates coordinates) {
    Tensor x = x(1, 2, 5, 4);
    Tensor sizes = n(1, 2, 7, 3);
    // With corners aligned ONNX Runtime takes the rounded length, ONNX's own data the other.
    boolean corners = coordinates == Resize.Coordinates.ALIGN_CORNERS;
    Tensor scales = Tensor.of(new float[] {1, 1, corners ? 2 : 1.5f, corners ? 0.5f : 0.6f}, 4);
    for (Resize.Nearest nearest : Resize.Nearest.values()) {
      var op = resize(Resize.Mode.NEAREST, coordinates, nearest);
      agree(op, x, null, null, sizes);
      agree(op, x, null, scales);
    }
    for (Resize.Mode mode : List.of(Resize.Mode.LINEAR, Resize.Mode.CUBIC)) {
      var op = resize(mode, coordinates, Resize.Nearest.FLOOR);
      agree(op, x, null, null, sizes);
      agree(op, x, null, scales);
      agree(op, x, null, null, n(1, 2, 1, 9));
    }
    var linear = resize(Resize.Mode.LINEAR, coordinates, Resize.Nearest.FLOOR);
    agree(linear, x(1, 2, 3, 2, 4), null, null, n(1, 2, 5, 4, 2));
    agree(linear, x(1, 2, 3), null, null, n(1, 2, 8));
  }

  private static Resize whole(
      Resize.Mode mode, Resize.Coordinates coordinates, boolean antialias, AspectRatio ratio) {
    var nearest = Resize.Nearest.ROUND_PREFER_FLOOR;
    List<Integer> axes = List.of(2, 3);
    return new Resize(mode, coordinates, nearest, -0.5f, antialias, axes, antialias, ratio, 7.5f);
  }

  @ParameterizedTest
  @EnumSource(names = {"LINEAR", "CUBIC"})
  void whatShrinksIsMadeOfAllThatItCovers(Resize.Mode mode) {
    var op = whole(mode, Resize.Coordinates.HALF_PIXEL, true, AspectRatio.STRETCH);
    agree(op, x(1, 2, 11, 9), null, null, n(4, 5));
    agree(op, x(1, 2, 11, 9), null, null, n(3, 15));
    agree(op, x(1, 2, 10, 8), null, Tensor.of(new float[] {0.5f, 0.25f}, 2));
  }

  @ParameterizedTest
  @EnumSource(names = "STRETCH", mode = EnumSource.Mode.EXCLUDE)
  void proportionsAreKept(AspectRatio ratio) {
    for (Resize.Mode mode : Resize.Mode.values()) {
      var op = whole(mode, Resize.Coordinates.HALF_PIXEL, false, ratio);
      agree(op, x(1, 2, 2, 4), null, null, n(7, 8));
      agree(op, x(1, 2, 5, 3), null, null, n(9, 2));
    }
  }

  @ParameterizedTest
  @EnumSource
  void partsOfImages(Resize.Mode mode) {
    var op = whole(mode, Resize.Coordinates.TF_CROP_AND_RESIZE, false, AspectRatio.STRETCH);
    Tensor inside = Tensor.of(new float[] {0.4f, 0.2f, 0.8f, 0.7f}, 4);
    Tensor beyond = Tensor.of(new float[] {-0.2f, 0.5f, 0.7f, 1.4f}, 4);
    agree(op, x(1, 2, 6, 5), inside, null, n(3, 4));
    agree(op, x(1, 2, 6, 5), beyond, null, n(4, 6));
  }

  @Test
  void interpolatedIntegersAreCut() {
    Tensor scales = Tensor.of(new float[] {1, 1, 2, 2}, 4);
    for (DType type : List.of(DType.INT8, DType.UINT8, DType.INT32)) {
      Tensor x = Tensor.of(new long[] {3, 6, 10, 9, 4, 0, 5, 90, 7, 8, 2, 1}, 1, 1, 3, 4).to(type);
      for (Resize.Coordinates c :
          List.of(Resize.Coordinates.HALF_PIXEL, Resize.Coordinates.ASYMMETRIC)) {
        agree(resize(Resize.Mode.LINEAR, c, Resize.Nearest.FLOOR), x, null, scales);
      }
    }
    Tensor signed = Tensor.of(new long[] {-3, 6, -10, 9}, 1, 1, 2, 2).to(DType.INT8);
    agree(
        resize(Resize.Mode.LINEAR, Resize.Coordinates.HALF_PIXEL, Resize.Nearest.FLOOR),
        signed,
        null,
        scales);
  }
}
