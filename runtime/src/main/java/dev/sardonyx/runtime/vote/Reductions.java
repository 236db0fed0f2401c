package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/** One element of many along axes. Source: ONNX ReduceSum and its kin, ArgMax, CumSum. */
final class Reductions {
  private Reductions() {}

  static Exact of(ReductionOp op, Operands in) {
    return switch (op) {
      case ReductionOp.Reduce reduce -> reduce(reduce, in);
      case ReductionOp.Arg arg -> extreme(arg, in);
      case ReductionOp.CumSum(boolean exclusive, boolean reverse) ->
          running(in, exclusive, reverse, false);
      case ReductionOp.CumProd(boolean exclusive, boolean reverse) ->
          running(in, exclusive, reverse, true);
    };
  }

  private static Exact reduce(ReductionOp.Reduce op, Operands in) {
    Exact x = in.get(0);
    int rank = x.sizes().length;
    List<Integer> axes = new ArrayList<>();
    if (in.has(1)) {
      for (long axis : in.wholes(1)) {
        axes.add((int) axis);
      }
    }
    if (axes.isEmpty() && !op.noopWithEmptyAxes()) {
      axes.addAll(IntStream.range(0, rank).boxed().toList());
    }
    Region region = Region.of(x.sizes(), axes);
    long work = 3 * region.count();
    return x.isFloat()
        ? Exact.real(in.type(), work, group -> real(op.reduction(), x, region, group))
        : Exact.whole(in.type(), work, group -> whole(op.reduction(), x, region, group));
  }

  private static double real(ReductionOp.Reduction reduction, Exact x, Region region, long group) {
    long count = region.count();
    double largest = Double.NEGATIVE_INFINITY;
    double least = Double.POSITIVE_INFINITY;
    double sum = 0;
    double sizes = 0;
    double squares = 0;
    double product = 1;
    for (long i = 0; i < count; i++) {
      double value = x.at(region.index(group, i));
      largest = Math.max(largest, value);
      least = Math.min(least, value);
      sum += value;
      sizes += Math.abs(value);
      squares += value * value;
      product *= value;
    }
    return switch (reduction) {
      case SUM -> sum;
      case MEAN -> sum / count;
      case MAX -> largest;
      case MIN -> least;
      case PROD -> product;
      case L1 -> sizes;
      case L2 -> Math.sqrt(squares);
      case LOG_SUM -> Math.log(sum);
      case SUM_SQUARE -> squares;
      case LOG_SUM_EXP -> {
        if (Double.isInfinite(largest)) {
          yield largest;
        }
        double exponentials = 0;
        for (long i = 0; i < count; i++) {
          exponentials += Math.exp(x.at(region.index(group, i)) - largest);
        }
        yield largest + Math.log(exponentials);
      }
    };
  }

  private static long whole(ReductionOp.Reduction reduction, Exact x, Region region, long group) {
    DType dtype = x.dtype();
    long count = region.count();
    long sum = 0;
    long sizes = 0;
    long squares = 0;
    long product = 1;
    long largest = count == 0 ? 0 : x.wholeAt(region.index(group, 0));
    long least = largest;
    for (long i = 0; i < count; i++) {
      long value = x.wholeAt(region.index(group, i));
      sum += value;
      sizes += Integers.isSigned(dtype) ? Math.abs(value) : value;
      squares += value * value;
      product *= value;
      largest = Integers.compare(dtype, value, largest) > 0 ? value : largest;
      least = Integers.compare(dtype, value, least) < 0 ? value : least;
    }
    return switch (reduction) {
      case SUM -> sum;
      case PROD -> product;
      case L1 -> sizes;
      case SUM_SQUARE -> squares;
      case MAX -> requireAny(count, largest);
      case MIN -> requireAny(count, least);
      case MEAN -> requireAny(count, count == 0 ? 0 : sum / count);
      case L2, LOG_SUM, LOG_SUM_EXP ->
          throw Integers.open("how " + reduction + " of " + dtype + " is rounded");
    };
  }

  private static long requireAny(long count, long result) {
    if (count == 0) {
      throw Integers.open("the largest, least or mean of no integers");
    }
    return result;
  }

  /** The place of the largest, or least, along an axis. */
  private static Exact extreme(ReductionOp.Arg op, Operands in) {
    Exact x = in.get(0);
    Lines lines = Lines.of(x.sizes(), op.axis());
    return Exact.whole(
        in.type(),
        lines.length(),
        line -> {
          long best = 0;
          for (long i = 1; i < lines.length(); i++) {
            int order =
                compare(
                    x,
                    lines.start(line) + i * lines.step(),
                    lines.start(line) + best * lines.step());
            int better = op.max() ? order : -order;
            best = better > 0 || better == 0 && op.selectLastIndex() ? i : best;
          }
          return best;
        });
  }

  private static int compare(Exact x, long a, long b) {
    if (!x.isFloat()) {
      return Integers.compare(x.dtype(), x.wholeAt(a), x.wholeAt(b));
    }
    return x.at(a) > x.at(b) ? 1 : x.at(a) < x.at(b) ? -1 : 0;
  }

  /** The sum, or the product, of all elements up to each. */
  private static Exact running(Operands in, boolean exclusive, boolean reverse, boolean product) {
    Exact x = in.get(0);
    Lines lines = Lines.of(x.sizes(), (int) in.whole(1, 0));
    int own = exclusive ? 0 : 1;
    LongUnaryOperator from = index -> reverse ? lines.place(index) + 1 - own : 0;
    LongUnaryOperator to = index -> reverse ? lines.length() : lines.place(index) + own;
    if (x.isFloat()) {
      return Exact.real(
          in.type(),
          lines.length(),
          index -> {
            double result = product ? 1 : 0;
            long start = lines.start(lines.line(index));
            long end = to.applyAsLong(index);
            for (long i = from.applyAsLong(index); i < end; i++) {
              double value = x.at(start + i * lines.step());
              result = product ? result * value : result + value;
            }
            return result;
          });
    }
    return Exact.whole(
        in.type(),
        lines.length(),
        index -> {
          long result = product ? 1 : 0;
          long start = lines.start(lines.line(index));
          long end = to.applyAsLong(index);
          for (long i = from.applyAsLong(index); i < end; i++) {
            long value = x.wholeAt(start + i * lines.step());
            result = product ? result * value : result + value;
          }
          return result;
        });
  }
}
