package dev.sardonyx.models.hostile;

import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The inputs and values of the table: {@code x=f32[2,3]:-1,2,-3,4,-5,6;c=bool[]:1}. */
final class HostileValues {
  private static final Pattern INPUT = Pattern.compile("(\\w+)=(\\w+)\\[([\\d,]*)]:(.*)");

  private HostileValues() {}

  static Map<String, Data> inputs(String cell) {
    Map<String, Data> result = new LinkedHashMap<>();
    for (String entry : cell.equals("-") ? new String[0] : cell.split(";")) {
      Matcher matcher = INPUT.matcher(entry);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(entry);
      }
      long[] dims =
          Arrays.stream(matcher.group(3).split(","))
              .filter(dim -> !dim.isEmpty())
              .mapToLong(Long::parseLong)
              .toArray();
      result.put(matcher.group(1), tensor(matcher.group(2), dims, matcher.group(4).split(",")));
    }
    return result;
  }

  private static Data tensor(String type, long[] dims, String[] texts) {
    int elements = (int) Arrays.stream(dims).reduce(1, (a, b) -> a * b);
    List<String> all = texts.length == 1 ? Collections.nCopies(elements, texts[0]) : List.of(texts);
    if (type.equals("str")) {
      return DenseTensor.ofStrings(all, Shape.of(dims));
    }
    if (type.equals("f32")) {
      float[] floats = new float[elements];
      for (int i = 0; i < elements; i++) {
        floats[i] = Float.parseFloat(all.get(i));
      }
      return Tensor.of(floats, dims);
    }
    long[] numbers = all.stream().mapToLong(Long::parseLong).toArray();
    return Tensor.of(numbers, dims)
        .dense()
        .convert(
            switch (type) {
              case "i64" -> DType.INT64;
              case "i32" -> DType.INT32;
              case "u32" -> DType.UINT32;
              case "bool" -> DType.BOOL;
              default -> throw new IllegalArgumentException(type);
            });
  }

  /** What is wrong with an output, as {@code y=0,2,0} has it; empty when nothing is. */
  static String wrong(Map<String, Data> outputs, String cell) {
    if (cell.equals("-")) {
      return "";
    }
    if (cell.equals("y-any")) {
      return !outputs.isEmpty() ? "" : " WRONG: no output";
    }
    String[] parts = cell.split("=", -1);
    DenseTensor found = ((Tensor) Objects.requireNonNull(outputs.get(parts[0]))).dense();
    double[] wanted =
        Arrays.stream(parts[1].split(","))
            .filter(text -> !text.isEmpty())
            .mapToDouble(HostileValues::number)
            .toArray();
    boolean equal = found.elements() == wanted.length;
    for (int i = 0; equal && i < wanted.length; i++) {
      double value = found.doubleAt(i);
      equal = Math.abs(value - wanted[i]) <= 1e-6 || Double.compare(value, wanted[i]) == 0;
    }
    return equal ? "" : " WRONG: " + parts[0] + " is " + found;
  }

  private static double number(String text) {
    return switch (text) {
      case "false" -> 0;
      case "true" -> 1;
      default -> Double.parseDouble(text);
    };
  }
}
