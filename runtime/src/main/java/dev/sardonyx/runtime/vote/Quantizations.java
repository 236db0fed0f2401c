package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.DequantizeLinear;
import dev.sardonyx.api.op.DynamicQuantizeLinear;
import dev.sardonyx.api.op.Granularity;
import dev.sardonyx.api.op.IntegerProductOp;
import dev.sardonyx.api.op.QuantizationOp;
import dev.sardonyx.api.op.QuantizeLinear;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/** To numbers of few bits and back, and products of such. Source: ONNX QuantizeLinear and kin. */
final class Quantizations {
  private Quantizations() {}

  static List<Exact> of(QuantizationOp op, Operands in) {
    return switch (op) {
      case QuantizeLinear quantize -> quantized(quantize, in).stream().toList();
      case DequantizeLinear dequantize -> List.of(dequantized(dequantize, in));
      case DynamicQuantizeLinear _ -> dynamic(in);
      case IntegerProductOp product -> product(product, in).stream().toList();
    };
  }

  /** The scale's index for each element. */
  private static LongUnaryOperator scales(Granularity granularity, Exact x, Exact scale) {
    long[] sizes = x.sizes();
    if (scale.elements() == 1 && granularity.blockSize() == 0) {
      return _ -> 0;
    }
    int axis = Places.axis(granularity.axis(), sizes.length);
    if (granularity.blockSize() == 0) {
      return Lines.of(sizes, axis)::place;
    }
    long[] ofScale = scale.sizes();
    return index -> {
      long[] place = Places.of(index, sizes);
      place[axis] /= granularity.blockSize();
      return Places.index(place, ofScale);
    };
  }

  private static double zero(Operands in, int input, long at) {
    return in.has(input) ? in.get(input).at(in.get(input).elements() == 1 ? 0 : at) : 0;
  }

  /** The quotient is rounded once in the type that divides, which decides where ties are. */
  private static Optional<Exact> quantized(QuantizeLinear op, Operands in) {
    Exact x = in.get(0);
    Exact scale = in.get(1);
    DType to = in.type().dtype();
    DType dividing = op.divisionDtype().orElse(scale.dtype());
    boolean known = dividing != DType.FLOAT8E8M0 && dividing != DType.INT32;
    if (!known || to == DType.FLOAT8E8M0) {
      return Optional.empty();
    }
    LongUnaryOperator which = scales(op.granularity(), x, scale);
    FloatGrid grid = FloatGrid.of(dividing);
    if (to.isFloat()) {
      FloatGrid target = FloatGrid.of(to);
      return Optional.of(
          Exact.real(
              in.type(),
              10,
              index -> {
                long at = which.applyAsLong(index);
                double quotient = grid.rounded(x.at(index) / scale.at(at), true);
                return target.rounded(quotient + zero(in, 2, at), op.saturate());
              }));
    }
    return Optional.of(
        Exact.whole(
            in.type(),
            10,
            index -> {
              long at = which.applyAsLong(index);
              double quotient = grid.rounded(x.at(index) / scale.at(at), true);
              return saturated(to, Math.rint(quotient) + zero(in, 2, at));
            }));
  }

  private static long saturated(DType dtype, double whole) {
    if (Double.isNaN(whole)) {
      throw Integers.open("NaN as " + dtype);
    }
    return (long) Math.clamp(whole, Integers.least(dtype), Integers.largest(dtype));
  }

  private static Exact dequantized(DequantizeLinear op, Operands in) {
    Exact x = in.get(0);
    Exact scale = in.get(1);
    LongUnaryOperator which = scales(op.granularity(), x, scale);
    return Exact.real(
        in.type(),
        10,
        index -> {
          long at = which.applyAsLong(index);
          return (x.at(index) - zero(in, 2, at)) * scale.at(at);
        });
  }

  /** The scale is a float32 number, and so is all that follows from it. */
  private static List<Exact> dynamic(Operands in) {
    Exact x = in.get(0);
    double least = 0;
    double largest = 0;
    for (long i = 0; i < x.elements(); i++) {
      least = Math.min(least, x.at(i));
      largest = Math.max(largest, x.at(i));
    }
    FloatGrid grid = FloatGrid.of(DType.FLOAT32);
    double range = grid.rounded(largest - least, true);
    double scale = range == 0 ? 1 : grid.rounded(range / 255, true);
    long zero = saturated(DType.UINT8, Math.rint(grid.rounded(-least / scale, true)));
    return List.of(
        Exact.whole(
            in.type(),
            10,
            index ->
                saturated(DType.UINT8, Math.rint(grid.rounded(x.at(index) / scale, true)) + zero)),
        Exact.real(in.types().get(1), 1, _ -> scale),
        Exact.whole(in.types().get(2), 1, _ -> zero));
  }

  private static Optional<Exact> product(IntegerProductOp op, Operands in) {
    return switch (op) {
      case IntegerProductOp.MatMulInteger _ -> {
        Exact a = shifted(in, 0, 2, perRow(in, 0, 2));
        Exact b = shifted(in, 1, 3, perColumn(in, 1, 3));
        Exact sums = Products.matMul(a, b, in.type());
        yield Optional.of(Exact.whole(in.type(), sums.work(), index -> (long) sums.at(index)));
      }
      case IntegerProductOp.ConvInteger conv -> {
        Exact x = shifted(in, 0, 2, _ -> 0);
        Exact w = shifted(in, 1, 3, perChannel(in, 1, 3));
        Exact sums =
            Convolutions.conv(conv.window(), conv.group(), x, w, Optional.empty(), in.type());
        yield Optional.of(Exact.whole(in.type(), sums.work(), index -> (long) sums.at(index)));
      }
      case IntegerProductOp.QLinearConv conv -> Optional.of(convolved(conv, in));
      case IntegerProductOp.QLinearMatMul _ -> multiplied(in);
    };
  }

  private static Exact convolved(IntegerProductOp.QLinearConv op, Operands in) {
    Exact x = shifted(in, 0, 2, _ -> 0);
    Exact w = shifted(in, 3, 5, perChannel(in, 3, 5));
    Exact sums = Convolutions.conv(op.window(), op.group(), x, w, in.find(8), in.type());
    Lines channels = Lines.of(in.sizes(), 1);
    DType to = in.type().dtype();
    return Exact.whole(
        in.type(),
        sums.work(),
        index -> {
          Exact scales = in.get(4);
          double ofW = scales.at(scales.elements() == 1 ? 0 : channels.place(index));
          double value = sums.at(index) * in.get(1).at(0) * ofW / in.get(6).at(0);
          return saturated(to, Math.rint(value) + in.get(7).at(0));
        });
  }

  /** Where all scales are single ones. */
  private static Optional<Exact> multiplied(Operands in) {
    DType to = in.type().dtype();
    boolean single =
        in.get(1).elements() == 1 && in.get(4).elements() == 1 && in.get(6).elements() == 1;
    if (!single || to.isFloat()) {
      return Optional.empty();
    }
    Exact a = shifted(in, 0, 2, _ -> 0);
    Exact b = shifted(in, 3, 5, _ -> 0);
    Exact sums = Products.matMul(a, b, in.type());
    return Optional.of(
        Exact.whole(
            in.type(),
            sums.work(),
            index -> {
              double scale = in.get(1).at(0) * in.get(4).at(0) / in.get(6).at(0);
              return saturated(to, Math.rint(sums.at(index) * scale) + in.get(7).at(0));
            }));
  }

  /** Numbers without their zero point, as doubles, in which all of them are exact. */
  private static Exact shifted(Operands in, int numbers, int zero, LongUnaryOperator which) {
    Exact x = in.get(numbers);
    var type = new TensorType(DType.FLOAT64, x.type().shape());
    return Exact.real(type, 1, index -> x.at(index) - zero(in, zero, which.applyAsLong(index)));
  }

  private static LongUnaryOperator perRow(Operands in, int numbers, int zero) {
    long[] sizes = in.get(numbers).sizes();
    boolean single = !in.has(zero) || in.get(zero).elements() == 1 || sizes.length < 2;
    return single ? _ -> 0 : Lines.of(sizes, -2)::place;
  }

  private static LongUnaryOperator perColumn(Operands in, int numbers, int zero) {
    long[] sizes = in.get(numbers).sizes();
    boolean single = !in.has(zero) || in.get(zero).elements() == 1;
    return single ? _ -> 0 : Lines.of(sizes, -1)::place;
  }

  private static LongUnaryOperator perChannel(Operands in, int numbers, int zero) {
    boolean single = !in.has(zero) || in.get(zero).elements() == 1;
    return single ? _ -> 0 : Lines.of(in.get(numbers).sizes(), 0)::place;
  }
}
