package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.Cast.RoundMode;
import dev.sardonyx.api.op.DequantizeLinear;
import dev.sardonyx.api.op.DynamicQuantizeLinear;
import dev.sardonyx.api.op.Granularity;
import dev.sardonyx.api.op.IntegerProductOp;
import dev.sardonyx.api.op.QuantizationOp;
import dev.sardonyx.api.op.QuantizeLinear;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** To numbers of few bits and back, element by element. */
final class QuantizationRoutines {
  private QuantizationRoutines() {}

  static Routine of(QuantizationOp op, Call call, Kernels kernels, Weights weights) {
    return switch (op) {
      case QuantizeLinear quantize when QuantizedSums.takes(quantize, call) ->
          QuantizedSums.quantize(call, kernels);
      case DequantizeLinear dequantize when QuantizedSums.takes(dequantize, call) ->
          QuantizedSums.dequantize(call, kernels);
      case QuantizeLinear quantize -> quantize(quantize, call);
      case DequantizeLinear dequantize -> dequantize(dequantize, call);
      case DynamicQuantizeLinear _ -> dynamic(call);
      case IntegerProductOp product -> QuantizedProducts.of(product, call, kernels, weights);
    };
  }

  /** Where the scale of an element is; one of all, of an axis, or of blocks on an axis. */
  private record Scales(boolean single, long extent, long inner, long block, long blocks) {
    static Scales of(Granularity granularity, Call call) {
      if (granularity.isSingle(call.input(1).type().shape())) {
        return new Scales(true, 1, 1, 0, 1);
      }
      long[] x = call.sizes(0);
      int axis = call.input(0).type().shape().axis(granularity.axis());
      long block = granularity.blockSize();
      long inner = Sizes.product(x, axis + 1, x.length);
      return new Scales(false, x[axis], inner, block, block == 0 ? 1 : call.sizes(1)[axis]);
    }

    long at(long element) {
      if (single) {
        return 0;
      }
      long row = element / inner;
      return block == 0
          ? row % extent
          : (row / extent * blocks + row % extent / block) * inner + element % inner;
    }
  }

  private static Optional<MemorySegment> zeroPoint(Call call, Buffers buffers) {
    return call.has(2) ? buffers.inputs().get(2) : Optional.empty();
  }

  private static Routine quantize(QuantizeLinear op, Call call) {
    var scales = Scales.of(op.granularity(), call);
    var x = new Elements(call.input(0).dtype());
    var scale = new Elements(call.input(1).dtype());
    var y = new Elements(call.output().dtype());
    var precision = new Elements(op.divisionDtype().orElse(divided(scale.type())));
    long n = Sizes.product(call.outputSizes());
    return Routine.of(
        buffers -> {
          Optional<MemorySegment> zero = zeroPoint(call, buffers);
          return () -> {
            if (y.type().bits() < Byte.SIZE) {
              Memory.fill(buffers.output(), (byte) 0);
            }
            for (long i = 0; i < n; i++) {
              Cancellation.pollAt(i);
              long at = scales.at(i);
              double dividend = precision.rounded(x.number(buffers.input(0), i));
              double divisor = precision.rounded(scale.number(buffers.input(1), at));
              double ratio = precision.rounded(dividend / divisor);
              double offset = zero.isPresent() ? y.number(zero.get(), at) : 0;
              if (y.type().isFloat()) {
                y.real(buffers.output(), i, ratio + offset, op.saturate(), RoundMode.UP);
              } else {
                y.integer(buffers.output(), i, saturated(Math.rint(ratio) + offset, y));
              }
            }
          };
        });
  }

  /**
   * The type in which is divided by a scale; what has no division goes to a float that holds it.
   */
  private static DType divided(DType scale) {
    return switch (scale) {
      case INT32 -> DType.FLOAT64;
      case FLOAT8E8M0 -> DType.FLOAT32;
      default -> scale;
    };
  }

  /** The nearest number that a type has; of NaN the least. */
  static long saturated(double whole, Elements type) {
    return whole >= type.least() ? (long) Math.min(whole, type.largest()) : type.least();
  }

  private static Routine dequantize(DequantizeLinear op, Call call) {
    var scales = Scales.of(op.granularity(), call);
    var x = new Elements(call.input(0).dtype());
    var scale = new Elements(call.input(1).dtype());
    var y = new Elements(call.output().dtype());
    long n = Sizes.product(call.outputSizes());
    return Routine.of(
        buffers -> {
          Optional<MemorySegment> zero = zeroPoint(call, buffers);
          return () -> {
            for (long i = 0; i < n; i++) {
              Cancellation.pollAt(i);
              long at = scales.at(i);
              double offset = zero.isPresent() ? x.number(zero.get(), at) : 0;
              double distance = (float) (x.number(buffers.input(0), i) - offset);
              y.real(buffers.output(), i, distance * scale.real(buffers.input(1), at));
            }
          };
        });
  }

  /** In float32 throughout, as the operator is defined. */
  private static Routine dynamic(Call call) {
    var floats = new Elements(DType.FLOAT32);
    var bytes = new Elements(DType.UINT8);
    long n = Sizes.product(call.sizes(0));
    return Routine.of(
        buffers ->
            () -> {
              MemorySegment x = buffers.input(0);
              float least = 0;
              float most = 0;
              for (long i = 0; i < n; i++) {
                Cancellation.pollAt(i);
                float value = (float) floats.real(x, i);
                least = Math.min(least, value);
                most = Math.max(most, value);
              }
              float scale = least == most ? 1 : (most - least) / 255;
              long zero = saturated(Math.rint(-least / scale), bytes);
              for (long i = 0; i < n; i++) {
                Cancellation.pollAt(i);
                float ratio = (float) floats.real(x, i) / scale;
                bytes.integer(buffers.output(), i, saturated(Math.rint(ratio) + zero, bytes));
              }
              if (call.hasOutput(1)) {
                floats.real(buffers.output(1), 0, scale);
              }
              if (call.hasOutput(2)) {
                bytes.integer(buffers.output(2), 0, zero);
              }
            });
  }
}
