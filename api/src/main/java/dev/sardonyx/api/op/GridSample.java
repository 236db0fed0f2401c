package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Elements at places between those of an image. Inputs: X (N, C, spatial...) and grid (N, output
 * spatial..., r), for each output its place along the r axes, the last axis first, from -1 to 1.
 * Output: (N, C, output spatial...). Source: ONNX GridSample, torch grid_sample.
 *
 * @param alignCorners whether -1 and 1 are the centres of the corners' pixels, else their edges
 */
public record GridSample(Mode mode, PaddingMode paddingMode, boolean alignCorners)
    implements SamplingOp {

  /** How an element is made of its neighbours. */
  public enum Mode {
    /** Two along each axis. */
    LINEAR,
    /** The nearest, half to even. */
    NEAREST,
    /** Four along each axis. */
    CUBIC
  }

  /** What is outside. */
  public enum PaddingMode {
    /** Zeros. */
    ZEROS,
    /** The element at the edge. */
    BORDER,
    /** The image mirrored. */
    REFLECTION
  }

  @Override
  public String name() {
    return "GridSample";
  }

  @Override
  public int sinceOpset() {
    return 20;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none()
        .with("align_corners", Attribute.of(alignCorners), Attribute.of(false))
        .with("mode", text(mode), text(Mode.LINEAR))
        .with("padding_mode", text(paddingMode), text(PaddingMode.ZEROS));
  }

  private static Attribute text(Enum<?> value) {
    return Attribute.of(value.name().toLowerCase(Locale.ROOT));
  }

  static GridSample read(Attributes attributes) {
    attributes.only("align_corners", "mode", "padding_mode");
    return new GridSample(
        choice(Mode.values(), "mode", attributes.string("mode", "linear")),
        choice(PaddingMode.values(), "padding_mode", attributes.string("padding_mode", "zeros")),
        attributes.bool("align_corners", false));
  }

  private static <T extends Enum<T>> T choice(T[] values, String attribute, String text) {
    for (T value : values) {
      if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
        return value;
      }
    }
    throw new SardonyxException(
        ErrorCode.ARGUMENT, "GridSample: " + attribute + " = " + text + " is not one that it has");
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType x = in.requireCount(2, 2).atLeastRank(0, "X", 3);
    TensorType grid = in.atLeastRank(1, "grid", 3);
    in.requireDType(1, "grid", Inputs.FLOATS);
    if (!x.shape().isKnown() || !grid.shape().isKnown()) {
      boolean ranked = x.shape().isKnown();
      return List.of(
          x.withShape(
              ranked
                  ? Shape.of(Collections.nCopies(x.rank(), new Dim.Unknown()))
                      .with(0, x.dim(0))
                      .with(1, x.dim(1))
                  : Shape.unknown()));
    }
    if (grid.rank() != x.rank()) {
      throw in.shapeError("X and grid must have one rank (" + x + " vs " + grid + ")");
    }
    in.requireEqual(x.dim(0), grid.dim(0), "X and grid must have one batch");
    in.requireEqual(grid.dim(-1), Dim.of(x.rank() - 2L), "grid must have a place for each axis");
    List<Dim> dims = new ArrayList<>(List.of(x.dim(0), x.dim(1)));
    dims.addAll(grid.shape().dims().subList(1, x.rank() - 1));
    return List.of(x.withShape(Shape.of(dims)));
  }
}
