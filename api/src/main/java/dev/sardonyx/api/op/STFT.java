package dev.sardonyx.api.op;

import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;

/**
 * Fourier transforms of pieces of signals. Inputs: signal [batch, length, 1] of real or [..., 2] of
 * complex numbers; frame_step, a scalar; window [frame_length] and frame_length, a scalar, of which
 * either tells the other. Output: [batch, frames, bins, 2]. Source: ONNX STFT.
 *
 * @param onesided whether the half of each spectrum that follows from the other is left out
 */
public record STFT(boolean onesided) implements SignalOp {
  @Override
  public String name() {
    return "STFT";
  }

  @Override
  public int sinceOpset() {
    return 17;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("onesided", Attribute.of(onesided), Attribute.of(true));
  }

  static STFT read(Attributes attributes) {
    return new STFT(attributes.only("onesided").bool("onesided", true));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType signal = in.requireCount(2, 4).ranked(0, "signal", 3);
    in.requireDType(0, "signal", Inputs.FLOATS);
    in.requireDType(1, "frame_step", Inputs.INDICES);
    if (in.has(2)) {
      in.ranked(2, "window", 1);
      in.sameDType(0, 2);
    }
    if (in.has(3)) {
      in.requireDType(3, "frame_length", Inputs.INDICES);
    }
    if (!signal.shape().isKnown()) {
      return List.of(TensorType.of(signal.dtype(), "?", "?", "?", "2"));
    }
    Dim parts = signal.dim(2);
    if (parts.isFixed() && parts.fixed() != 1 && (onesided || parts.fixed() != 2)) {
      throw in.shapeError(
          "the last dim of signal must be 1" + (onesided ? "" : " or 2") + ", found " + parts);
    }
    Dim length = frameLength(in, signal.dim(1));
    Dim bins = onesided ? length.floorDiv(2).plus(1) : length;
    return List.of(
        TensorType.of(
            signal.dtype(), signal.dim(0), frames(in, signal.dim(1), length), bins, Dim.of(2)));
  }

  private static Dim frameLength(Inputs in, Dim signal) {
    Dim window = new Dim.Unknown();
    if (in.has(2) && in.tensor(2, "window").shape().isKnown()) {
      window = in.tensor(2, "window").dim(0);
    }
    if (in.has(3)) {
      Dim length = in.size(3, "frame_length");
      in.requireEqual(window, length, "window must have frame_length elements");
      return length instanceof Dim.Unknown ? window : length;
    }
    return in.has(2) ? window : signal;
  }

  private static Dim frames(Inputs in, Dim signal, Dim length) {
    Dim step = in.size(1, "frame_step");
    if (step.isFixed() && step.fixed() < 1) {
      throw in.argumentError("frame_step must be 1 or more, found " + step);
    }
    Dim rest = signal.plus(length.times(Dim.of(-1)));
    boolean tooLong = rest.isFixed() && rest.fixed() < 0;
    if (tooLong || length.isFixed() && length.fixed() < 1) {
      throw in.argumentError("frame_length must be 1 to " + signal + ", found " + length);
    }
    return step.isFixed() ? rest.floorDiv(step.fixed()).plus(1) : new Dim.Unknown();
  }
}
