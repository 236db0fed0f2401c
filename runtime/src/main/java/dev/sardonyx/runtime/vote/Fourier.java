package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.DFT;
import dev.sardonyx.api.op.MelWeightMatrix;
import dev.sardonyx.api.op.STFT;
import dev.sardonyx.api.op.SignalOp;
import dev.sardonyx.api.op.TaperOp;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;

/**
 * Fourier transforms as the sums that define them, each angle reduced to one turn before its cosine
 * is taken. Source: ONNX DFT, STFT, HannWindow and its kin.
 */
final class Fourier {
  private static final int SINE_AND_COSINE = 60;

  private Fourier() {}

  static Optional<Exact> of(SignalOp op, Operands in) {
    return switch (op) {
      case DFT dft -> Optional.of(transform(dft, in));
      case STFT _ -> Optional.of(pieces(in));
      case TaperOp taper -> Optional.of(taper(taper, in));
      case MelWeightMatrix _ -> Optional.empty();
    };
  }

  /** A complex number by its index on a line, 0 outside of it. */
  @FunctionalInterface
  private interface Signal {
    double part(long at, boolean imaginary);
  }

  /** The real or the imaginary part of a bin. */
  private static double bin(
      Signal signal, long present, long length, long bin, boolean inverse, boolean imaginary) {
    double sum = 0;
    for (long n = 0; n < present; n++) {
      double turn = 2 * Math.PI * Math.floorMod(n * bin, length) / length;
      double cosine = Math.cos(turn);
      double sine = inverse ? Math.sin(turn) : -Math.sin(turn);
      double real = signal.part(n, false);
      double other = signal.part(n, true);
      sum += imaginary ? real * sine + other * cosine : real * cosine - other * sine;
    }
    return inverse ? sum / length : sum;
  }

  private static Exact transform(DFT op, Operands in) {
    Exact x = in.get(0);
    long[] from = x.sizes();
    long[] to = in.sizes();
    int last = from.length - 1;
    int axis = Places.axis((int) in.whole(2, -2), from.length);
    boolean fromHalf = op.inverse() && op.onesided();
    long bins = from[axis];
    long length = in.whole(1, fromHalf ? 2 * (bins - 1) : bins);
    long parts = from[last];
    long step = Places.count(from, axis + 1, from.length);
    long present = fromHalf ? length : Math.min(bins, length);
    return Exact.real(
        in.type(),
        present * SINE_AND_COSINE,
        index -> {
          long[] place = Places.of(index, to);
          long bin = place[axis];
          boolean imaginary = place[last] == 1;
          place[axis] = 0;
          place[last] = 0;
          long start = Places.index(place, from);
          Signal signal =
              (at, other) -> {
                boolean mirrored = fromHalf && at > length / 2;
                long source = mirrored ? length - at : at;
                boolean there = source < bins && (!other || parts == 2);
                double value = there ? x.at(start + source * step + (other ? 1 : 0)) : 0;
                return mirrored && other ? -value : value;
              };
          return bin(signal, present, length, bin, op.inverse(), imaginary);
        });
  }

  /** Inputs: signal, frame_step, window, frame_length. */
  private static Exact pieces(Operands in) {
    Exact x = in.get(0);
    long[] from = x.sizes();
    long[] to = in.sizes();
    long step = in.whole(1, 1);
    long parts = from[2];
    long length = in.has(2) ? in.get(2).elements() : in.whole(3, from[1]);
    return Exact.real(
        in.type(),
        length * SINE_AND_COSINE,
        index -> {
          long[] place = Places.of(index, to);
          long start = (place[0] * from[1] + place[1] * step) * parts;
          Signal signal =
              (at, other) -> {
                double weight = in.has(2) ? in.get(2).at(at) : 1;
                boolean there = !other || parts == 2;
                return there ? weight * x.at(start + at * parts + (other ? 1 : 0)) : 0;
              };
          return bin(signal, length, length, place[2], false, place[3] == 1);
        });
  }

  private static Exact taper(TaperOp op, Operands in) {
    long size = in.whole(0, 0);
    double period = op.periodic() ? size : size - 1;
    LongToDoubleFunction weight =
        i -> {
          double once = Math.cos(2 * Math.PI * i / period);
          return switch (op) {
            case TaperOp.HannWindow _ -> 0.5 - 0.5 * once;
            case TaperOp.HammingWindow _ -> 25.0 / 46 - 21.0 / 46 * once;
            case TaperOp.BlackmanWindow _ ->
                0.42 - 0.5 * once + 0.08 * Math.cos(4 * Math.PI * i / period);
          };
        };
    return in.type().dtype().isFloat()
        ? Exact.real(in.type(), SINE_AND_COSINE, weight)
        : Exact.whole(
            in.type(),
            SINE_AND_COSINE,
            i -> Integers.cut(in.type().dtype(), weight.applyAsDouble(i)));
  }
}
