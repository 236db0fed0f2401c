package dev.sardonyx.runtime.interpret;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Expand;
import dev.sardonyx.api.op.StringNormalizer;
import dev.sardonyx.api.op.TextOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.regex.Regex;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Operators on strings. */
final class TextComputations {
  /** Characters of two bytes that an array of Java may hold, but for a few. */
  private static final int LONGEST = (1 << 30) - 16;

  private TextComputations() {}

  static Computation of(TextOp.RegexFullMatch op) {
    Regex pattern = Regex.compile(op.pattern());
    return (inputs, interpreter) -> {
      Interpreter.types(op, inputs);
      DenseTensor x = strings(inputs, 0);
      MemorySegment result = interpreter.allocate(new TensorType(DType.BOOL, x.shape()));
      for (int i = 0; i < x.elements(); i++) {
        Cancellation.poll();
        boolean matches = pattern.matches(x.strings().get(i));
        result.set(ValueLayout.JAVA_BYTE, i, (byte) (matches ? 1 : 0));
      }
      return List.of(DenseTensor.view(DType.BOOL, x.shape(), result));
    };
  }

  static Computation of(TextOp.StringConcat op) {
    return (inputs, interpreter) -> {
      Shape shape = ((TensorType) Interpreter.types(op, inputs).getFirst()).shape();
      List<String> x = broadcast(inputs.get(0), shape, interpreter);
      List<String> y = broadcast(inputs.get(1), shape, interpreter);
      long characters = 0;
      for (int i = 0; i < x.size(); i++) {
        Cancellation.pollAt(i);
        characters += joinedLength(x.get(i).length(), y.get(i).length());
      }
      interpreter.requireHeap(characters);
      List<String> result = new ArrayList<>();
      for (int i = 0; i < x.size(); i++) {
        Cancellation.pollAt(i);
        result.add(x.get(i) + y.get(i));
      }
      return List.of(DenseTensor.ofStrings(result, shape));
    };
  }

  /** How long two strings are together. Errors: LIMIT for more than one string of Java may hold. */
  static long joinedLength(int first, int second) {
    long length = (long) first + second;
    if (length > LONGEST) {
      throw new SardonyxException(
          ErrorCode.LIMIT,
          "StringConcat: %d characters are more than the %d of a string"
              .formatted(length, LONGEST));
    }
    return length;
  }

  private static List<String> broadcast(
      Optional<Data> input, Shape shape, Interpreter interpreter) {
    if (input.orElseThrow() instanceof Tensor tensor && tensor.shape().equals(shape)) {
      return tensor.dense().strings();
    }
    long[] sizes = shape.sizes();
    Optional<Data> to = Optional.of(Tensor.of(sizes, sizes.length));
    Data result = interpreter.evaluate(new Expand(), List.of(input, to), 1).getFirst();
    return ((Tensor) result).dense().strings();
  }

  static Computation of(TextOp.StringSplit op) {
    var splitter = new Splitter(op.delimiter(), op.maxsplit().orElse(-1));
    return (inputs, interpreter) -> {
      Interpreter.types(op, inputs);
      DenseTensor x = strings(inputs, 0);
      List<List<String>> parts = new ArrayList<>();
      for (String string : x.strings()) {
        Cancellation.poll();
        parts.add(splitter.parts(string));
      }
      int most = parts.stream().mapToInt(List::size).max().orElse(0);
      List<Dim> dims = new ArrayList<>(x.shape().dims());
      dims.add(Dim.of(most));
      Shape shape = Shape.of(dims);
      // Each place takes a reference, also where the string is empty.
      interpreter.requireHeap(DType.INT64.bytes(shape.elements().fixed()));
      List<String> padded = new ArrayList<>();
      for (List<String> each : parts) {
        Cancellation.poll();
        padded.addAll(each);
        for (int i = each.size(); i < most; i++) {
          padded.add("");
        }
      }
      long[] counts = parts.stream().mapToLong(List::size).toArray();
      return List.of(DenseTensor.ofStrings(padded, shape), Tensor.of(counts, x.shape().sizes()));
    };
  }

  static Computation of(StringNormalizer op) {
    Locale locale =
        op.locale().isEmpty() ? Locale.US : Locale.forLanguageTag(op.locale().replace('_', '-'));
    Set<String> stopwords = new HashSet<>();
    op.stopwords().forEach(word -> stopwords.add(compared(op, word, locale)));
    return (inputs, _) -> {
      Interpreter.types(op, inputs);
      DenseTensor x = strings(inputs, 0);
      List<String> words = new ArrayList<>();
      for (String word : x.strings()) {
        Cancellation.poll();
        if (!stopwords.contains(compared(op, word, locale))) {
          words.add(
              switch (op.caseChangeAction()) {
                case NONE -> word;
                case LOWER -> word.toLowerCase(locale);
                case UPPER -> word.toUpperCase(locale);
              });
        }
      }
      if (words.isEmpty()) {
        words.add("");
      }
      Shape shape = x.rank() == 1 ? Shape.of(words.size()) : Shape.of(1, words.size());
      return List.of(DenseTensor.ofStrings(words, shape));
    };
  }

  private static String compared(StringNormalizer op, String word, Locale locale) {
    return op.isCaseSensitive() ? word : word.toLowerCase(locale);
  }

  /** An input as a tensor of strings. Errors: DTYPE. */
  private static DenseTensor strings(List<Optional<Data>> inputs, int index) {
    Data data = inputs.get(index).orElseThrow();
    if (data instanceof Tensor tensor) {
      return tensor.dense();
    }
    throw new SardonyxException(ErrorCode.DTYPE, "expected strings, found " + data.type());
  }
}
