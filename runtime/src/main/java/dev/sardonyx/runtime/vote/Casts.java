package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.type.DType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** Elements in another type. Source: ONNX Cast. */
final class Casts {
  private Casts() {}

  static Optional<Exact> of(Cast cast, Operands in) {
    Exact x = in.get(0);
    DType to = cast.to();
    boolean known = x.dtype().isReal() && to.isReal() && to != DType.FLOAT8E8M0;
    if (!known) {
      return Optional.empty();
    }
    return Optional.of(
        to.isFloat()
            ? Exact.real(in.type(), 5, index -> real(cast, x, index))
            : to == DType.BOOL
                ? Exact.truth(in.type(), index -> x.at(index) != 0)
                : Exact.whole(in.type(), 5, index -> whole(to, x, index)));
  }

  private static double real(Cast cast, Exact x, long index) {
    boolean wide = x.dtype() == DType.INT64 || x.dtype() == DType.UINT64;
    double value = x.at(index);
    if (wide && cast.to() == DType.FLOAT32) { // by way of a double it would be rounded twice
      return whole(x, index).floatValue();
    }
    return FloatGrid.of(cast.to()).rounded(value, cast.saturate());
  }

  private static BigDecimal whole(Exact x, long index) {
    long bits = x.wholeAt(index);
    return x.dtype() == DType.UINT64
        ? new BigDecimal(new BigInteger(Long.toUnsignedString(bits)))
        : BigDecimal.valueOf(bits);
  }

  private static long whole(DType to, Exact x, long index) {
    return x.isFloat() ? Integers.cut(to, x.at(index)) : x.wholeAt(index);
  }
}
