package dev.sardonyx.api.nn;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.Collectors;

/** Values as Python prints them, because describe() is PyTorch's print(model) to the letter. */
final class PythonText {
  private PythonText() {}

  static String of(boolean value) {
    return value ? "True" : "False";
  }

  /** For example {@code (3, 4)} and {@code (3,)}. */
  static String tuple(List<Integer> values) {
    String list = values.stream().map(Object::toString).collect(Collectors.joining(", "));
    return "(" + list + (values.size() == 1 ? ",)" : ")");
  }

  /** Whole numbers without a point, as Python prints an int. */
  static String of(Number value) {
    boolean isFloat = value instanceof Double || value instanceof Float;
    return isFloat ? of(value.doubleValue()) : value.toString();
  }

  /** Source: CPython float.__repr__: exponents below -4 and from 16 on. */
  static String of(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = shortest(value);
    String digits = shortest.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - shortest.scale();
    if (exponent >= -4 && exponent < 16) {
      String plain = shortest.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String power = (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "");
    return (value < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + power + Math.abs(exponent);
  }

  /** Java's shortest text has two digits where Python's has one: 4.9E-324 and 5e-324. */
  private static BigDecimal shortest(double value) {
    BigDecimal text = new BigDecimal(Double.toString(value));
    BigDecimal oneDigit = text.round(new MathContext(1));
    return (oneDigit.doubleValue() == value ? oneDigit : text).stripTrailingZeros();
  }
}
