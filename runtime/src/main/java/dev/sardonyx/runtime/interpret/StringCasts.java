package dev.sardonyx.runtime.interpret;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Numbers as strings and back, written as Python and NumPy do: the fewest digits that tell a number
 * from its neighbours. Source: ONNX Cast.
 */
final class StringCasts {
  /** As many digits tell any double. */
  private static final int MOST_DIGITS = 17;

  private static final int LEAST_PLAIN_EXPONENT = -4;
  private static final int MOST_PLAIN_EXPONENT = 16;

  private StringCasts() {}

  /** The numbers of a tensor in words. */
  static DenseTensor toStrings(DenseTensor numbers) {
    var elements = new Elements(numbers.dtype());
    List<String> result = new ArrayList<>();
    for (long i = 0; i < numbers.elements(); i++) {
      Cancellation.poll();
      result.add(text(elements, numbers.segment(), i));
    }
    return DenseTensor.ofStrings(result, numbers.shape());
  }

  private static String text(Elements elements, MemorySegment from, long index) {
    if (elements.type().isFloat()) {
      return text(elements, elements.real(from, index));
    }
    long value = elements.integer(from, index);
    return elements.type() == DType.UINT64 ? Long.toUnsignedString(value) : Long.toString(value);
  }

  private static String text(Elements elements, double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    String sign = Double.compare(value, 0) < 0 ? "-" : "";
    if (Double.isInfinite(value)) {
      return sign + "INF";
    }
    return sign + (value == 0 ? "0.0" : magnitude(elements, Math.abs(value)));
  }

  private static String magnitude(Elements elements, double value) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal shortest = exact;
    for (int digits = 1; digits <= MOST_DIGITS; digits++) {
      shortest = exact.round(new MathContext(digits)).stripTrailingZeros();
      if (elements.rounded(shortest.doubleValue()) == value) {
        break;
      }
    }
    String digits = shortest.unscaledValue().toString();
    int exponent = digits.length() - 1 - shortest.scale();
    if (exponent >= LEAST_PLAIN_EXPONENT && exponent < MOST_PLAIN_EXPONENT) {
      String plain = shortest.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return "%c%se%s%02d"
        .formatted(digits.charAt(0), fraction, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /** Strings as numbers of a type. Errors: ARGUMENT, naming the string that is none. */
  static DenseTensor toNumbers(DenseTensor strings, DType to) {
    var elements = new Elements(to);
    MemorySegment result = DenseTensor.allocate(to, strings.shape());
    List<String> values = strings.strings();
    for (int i = 0; i < values.size(); i++) {
      Cancellation.poll();
      try {
        if (to.isFloat()) {
          elements.real(result, i, real(values.get(i), to));
        } else {
          elements.integer(result, i, integer(values.get(i), elements));
        }
      } catch (NumberFormatException wrong) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT,
            "Cast: string %d, \"%s\", is no number of %s".formatted(i, excerpt(values.get(i)), to),
            wrong);
      }
    }
    return DenseTensor.view(to, strings.shape(), result);
  }

  private static double real(String text, DType to) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "INF", "+INF", "INFINITY", "+INFINITY" -> Double.POSITIVE_INFINITY;
      case "-INF", "-INFINITY" -> Double.NEGATIVE_INFINITY;
      case "NAN" -> Double.NaN;
      default -> {
        if (!text.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0)) {
          throw new NumberFormatException(text); // Java's own forms, such as 1f or 0x1p3
        }
        yield to == DType.FLOAT64 ? Double.parseDouble(text) : Float.parseFloat(text);
      }
    };
  }

  private static long integer(String text, Elements elements) {
    if (elements.type() == DType.UINT64) {
      return Long.parseUnsignedLong(text);
    }
    long value = Long.parseLong(text);
    if (value < elements.least() || value > elements.largest()) {
      throw new NumberFormatException(text);
    }
    return value;
  }

  private static String excerpt(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "..." : text;
  }
}
