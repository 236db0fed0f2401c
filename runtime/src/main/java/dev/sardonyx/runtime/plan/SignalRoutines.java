package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.DFT;
import dev.sardonyx.api.op.MelWeightMatrix;
import dev.sardonyx.api.op.STFT;
import dev.sardonyx.api.op.SignalOp;
import dev.sardonyx.api.op.TaperOp;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Memory;
import java.lang.foreign.MemorySegment;

/** What is made for signals: weights and filters here, transforms in {@link FourierRoutines}. */
final class SignalRoutines {
  private SignalRoutines() {}

  static Routine of(SignalOp op, Call call) {
    return switch (op) {
      case TaperOp taper -> taper(taper, call);
      case DFT dft -> FourierRoutines.dft(dft, call);
      case STFT stft -> FourierRoutines.stft(stft, call);
      case MelWeightMatrix _ -> melWeights(call);
    };
  }

  private static Routine taper(TaperOp op, Call call) {
    long n = call.outputSizes()[0];
    var elements = new Elements(call.output().dtype());
    return Routine.of(
        buffers -> {
          var y = buffers.output();
          return () -> {
            double period = op.periodic() ? n : n - 1; // one symmetric weight is 0 / 0, as in ONNX
            long left = Cancellation.EVERY;
            for (long i = 0; i < n; i++) {
              left = Cancellation.spend(left, 1);
              elements.number(y, i, weight(op, 2 * Math.PI * i / period));
            }
          };
        });
  }

  private static double weight(TaperOp op, double angle) {
    return switch (op) {
      case TaperOp.HannWindow _ -> Math.sin(angle / 2) * Math.sin(angle / 2);
      case TaperOp.HammingWindow _ -> 25.0 / 46 - (1 - 25.0 / 46) * Math.cos(angle);
      case TaperOp.BlackmanWindow _ -> 0.08 * Math.cos(2 * angle) - 0.5 * Math.cos(angle) + 0.42;
    };
  }

  private static Routine melWeights(Call call) {
    long bins = call.outputSizes()[1];
    var elements = new Elements(call.output().dtype());
    return Routine.of(
        buffers -> {
          var y = buffers.output();
          return () -> {
            Memory.fill(y, (byte) 0);
            for (long bin = 0; bin < bins; bin++) {
              Cancellation.poll();
              long low = place(call, buffers, bin);
              long centre = place(call, buffers, bin + 1);
              long high = place(call, buffers, bin + 2);
              filter(elements, y, bin, new long[] {low, centre, high}, call.outputSizes());
            }
          };
        });
  }

  /** The row of the spectrum that the edge of a filter falls on. */
  private static long place(Call call, Buffers buffers, long edge) {
    double bins = number(call, buffers, 0);
    double rate = number(call, buffers, 2);
    double low = mel(number(call, buffers, 3));
    double high = mel(number(call, buffers, 4));
    double mel = edge * ((high - low) / (bins + 2)) + low;
    double hertz = 700 * (Math.pow(10, mel / 2595) - 1);
    return (long) Math.floor((number(call, buffers, 1) + 1) * hertz / rate);
  }

  private static double mel(double hertz) {
    return 2595 * Math.log10(1 + hertz / 700);
  }

  private static double number(Call call, Buffers buffers, int index) {
    return new Elements(call.input(index).dtype()).number(buffers.input(index), 0);
  }

  /** A triangle in a column: from 0 at its low edge over 1 at its centre to 0 at its high edge. */
  private static void filter(
      Elements elements, MemorySegment y, long column, long[] edges, long[] sizes) {
    long low = edges[0];
    long centre = edges[1];
    long high = edges[2];
    if (low < 0 || centre < low || high < centre || centre >= sizes[0] || high > sizes[0]) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "MelWeightMatrix: the edges in hertz must rise within 0 and half the sample rate");
    }
    for (long row = low; row < high; row++) {
      Cancellation.pollAt(row);
      boolean rising = row < centre;
      long width = rising ? centre - low : high - centre;
      double weight = (double) (rising ? row - low : high - row) / width;
      elements.number(y, row * sizes[1] + column, weight);
    }
    elements.number(y, centre * sizes[1] + column, 1);
  }
}
