package dev.sardonyx.runtime.interpret;

import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Strings as integers, so that operators that only move or compare elements need no code for
 * strings: each string has its place in the order of all, the empty one 0.
 */
final class StringCodes {
  private final List<String> strings;
  private final Map<String, Long> codes = new HashMap<>();

  /**
   * As UTF-8's bytes are ordered; Java's own order puts surrogates before the last characters. Long
   * strings are compared in place.
   */
  private static int compare(String a, String b) {
    int shared = Math.min(a.length(), b.length());
    for (int i = 0; i < shared; i++) {
      Cancellation.pollAt(i);
      if (a.charAt(i) != b.charAt(i)) {
        return Integer.compare(rank(a.charAt(i)), rank(b.charAt(i)));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int rank(char c) {
    return Character.isSurrogate(c) ? c + (1 << Character.SIZE) : c;
  }

  private StringCodes(TreeSet<String> sorted) {
    sorted.add("");
    strings = List.copyOf(sorted);
    for (int i = 0; i < strings.size(); i++) {
      Cancellation.pollAt(i);
      codes.put(strings.get(i), (long) i);
    }
  }

  /** Codes for all strings of some inputs. */
  static StringCodes of(List<Optional<Data>> inputs) {
    var sorted = new TreeSet<>(StringCodes::compare);
    for (Optional<Data> input : inputs) {
      if (input.isPresent() && isStrings(input.get())) {
        for (String string : ((Tensor) input.get()).dense().strings()) {
          Cancellation.poll();
          sorted.add(string);
        }
      }
    }
    return new StringCodes(sorted);
  }

  static boolean isStrings(Data data) {
    return data instanceof Tensor tensor && tensor.dtype() == DType.STRING;
  }

  /** A tensor of strings as one of int64; other values as they are. */
  Data encode(Data data) {
    if (!isStrings(data)) {
      return data;
    }
    DenseTensor tensor = ((Tensor) data).dense();
    long[] numbers = new long[tensor.strings().size()];
    for (int i = 0; i < numbers.length; i++) {
      Cancellation.pollAt(i);
      numbers[i] = Objects.requireNonNull(codes.get(tensor.strings().get(i)));
    }
    return Tensor.of(numbers, tensor.shape().sizes());
  }

  /** A tensor of codes as strings, where its type says so. */
  Data decode(Data data, TensorType type) {
    if (type.dtype() != DType.STRING) {
      return data;
    }
    DenseTensor tensor = ((Tensor) data).dense();
    List<String> values = new ArrayList<>();
    for (long i = 0; i < tensor.elements(); i++) {
      Cancellation.pollAt(i);
      values.add(strings.get((int) tensor.longAt(i)));
    }
    return DenseTensor.ofStrings(values, tensor.shape());
  }
}
