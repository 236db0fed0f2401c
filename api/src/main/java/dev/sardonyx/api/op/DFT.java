package dev.sardonyx.api.op;

import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.Collections;
import java.util.List;

/**
 * The discrete Fourier transform along an axis. Inputs: a signal [..., 1] of real or [..., 2] of
 * complex numbers; dft_length and axis (-2 when absent), scalars. Output: [..., 2], for the inverse
 * of a onesided spectrum [..., 1]. Source: ONNX DFT.
 *
 * @param onesided whether the half of a spectrum that follows from the other is left out
 */
public record DFT(boolean inverse, boolean onesided) implements SignalOp {
  @Override
  public String name() {
    return "DFT";
  }

  @Override
  public int sinceOpset() {
    return 20;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none()
        .with("inverse", Attribute.of(inverse), Attribute.of(false))
        .with("onesided", Attribute.of(onesided), Attribute.of(false));
  }

  static DFT read(Attributes attributes) {
    attributes.only("inverse", "onesided");
    return new DFT(attributes.bool("inverse", false), attributes.bool("onesided", false));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType signal = in.requireCount(1, 3).atLeastRank(0, "input", 2);
    in.requireDType(0, "input", Inputs.FLOATS);
    if (in.has(1)) {
      in.requireDType(1, "dft_length", Inputs.INDICES);
    }
    if (in.has(2)) {
      in.requireDType(2, "axis", Inputs.INDICES);
    }
    if (!signal.shape().isKnown()) {
      return List.of(signal);
    }
    requireParts(in, signal.dim(-1));
    Dim parts = Dim.of(inverse && onesided ? 1 : 2);
    if (in.has(2) && in.scalar(2).isEmpty()) {
      Shape unknown = Shape.of(Collections.nCopies(signal.rank(), new Dim.Unknown()));
      return List.of(signal.withShape(unknown.with(-1, parts)));
    }
    int axis = in.axis(signal.shape(), in.scalar(2).orElse(-2L));
    if (axis == signal.rank() - 1) {
      throw in.argumentError("axis must not be the last, which holds the parts of a number");
    }
    Dim length = in.has(1) ? in.size(1, "dft_length") : defaultLength(signal.dim(axis));
    if (length.isFixed() && length.fixed() < 1) {
      throw in.argumentError("dft_length must be 1 or more, found " + length);
    }
    boolean half = onesided && !inverse;
    Dim size = half ? length.floorDiv(2).plus(1) : length;
    return List.of(signal.withShape(signal.shape().with(axis, size).with(-1, parts)));
  }

  private Dim defaultLength(Dim size) {
    return inverse && onesided ? size.plus(-1).times(Dim.of(2)) : size;
  }

  private void requireParts(Inputs in, Dim parts) {
    boolean fits =
        !parts.isFixed()
            || (onesided
                ? parts.fixed() == (inverse ? 2 : 1)
                : parts.fixed() == 1 || parts.fixed() == 2);
    if (!fits) {
      String expected = onesided ? inverse ? "2" : "1" : "1 or 2";
      throw in.shapeError("the last dim of input must be " + expected + ", found " + parts);
    }
  }
}
