package dev.sardonyx.models.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.PredicateOp;
import dev.sardonyx.api.op.SelectionOp;
import dev.sardonyx.api.op.StringNormalizer;
import dev.sardonyx.api.op.StringNormalizer.CaseChange;
import dev.sardonyx.api.op.TextOp;
import dev.sardonyx.api.op.TfIdfVectorizer;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.Where;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators on strings give what ONNX Runtime gives. */
class TextOperatorsTest {
  private static final Tensor WORDS =
      text(2, 3, "account@gmail.com", "", "a b", "Monday", " \u00e9t\u00e9  x  ", "b-a-c-");

  private static Tensor text(long rows, long columns, String... values) {
    return DenseTensor.ofStrings(List.of(values), Shape.of(rows, columns));
  }

  private static Tensor line(String... values) {
    return DenseTensor.ofStrings(List.of(values), Shape.of(values.length));
  }

  private static Graph graph(Op op, Map<String, Data> inputs, Tensor... tensors) {
    var builder = new GraphBuilder("text");
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < tensors.length; i++) {
      values.add(builder.input("x" + i, tensors[i].type()));
      inputs.put("x" + i, tensors[i]);
    }
    return builder.build(builder.add(op, values, Origin.unknown()).outputs(), Map.of());
  }

  private static void agree(Op op, Tensor... tensors) {
    Map<String, Data> inputs = new LinkedHashMap<>();
    BothValues.agree(graph(op, inputs, tensors), inputs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".*",
        "[a-z]*",
        "(?i)MONDAY",
        "\\w+@\\w+\\.com",
        "\\s*.*\\s*",
        "\\p{L}*",
        "a b|",
        "[^@]+"
      })
  void regexFullMatch(String pattern) {
    agree(new TextOp.RegexFullMatch(pattern), WORDS);
  }

  @Test
  void stringConcat() {
    agree(new TextOp.StringConcat(), WORDS, WORDS);
    agree(new TextOp.StringConcat(), WORDS, line("x", "", "yz"));
    agree(new TextOp.StringConcat(), line("x"), text(2, 1, "a", "b"));
  }

  @Test
  void stringSplit() {
    agree(new TextOp.StringSplit("", OptionalLong.empty()), WORDS);
    agree(new TextOp.StringSplit("", OptionalLong.of(1)), line("a-b-c", "x y z", ""));
    for (String delimiter : List.of("-", "a", "ab")) { // in "" it finds no part, Python one
      agree(new TextOp.StringSplit(delimiter, OptionalLong.empty()), line("b-a-c-", "ab--ab", " "));
      agree(new TextOp.StringSplit(delimiter, OptionalLong.of(1)), line("a-b-c", "x y z"));
    }
  }

  /** As Python and ONNX Runtime order; the Java API of the latter carries no such characters. */
  @Test
  void uniqueOrdersByCodePoints() {
    assertStrings(
        new SelectionOp.Unique(Optional.empty(), true),
        List.of("", "b", "\u00e9", "\uff5e", "\ud83d\ude00"),
        line("\uff5e", "b", "\ud83d\ude00", "", "b", "\u00e9"));
  }

  /** ONNX Runtime takes spaces alone for white space; Python, as ONNX's examples, all of it. */
  @Test
  void stringSplitAtWhiteSpaceOfAnyKind() {
    var op = new TextOp.StringSplit("", OptionalLong.of(1));
    assertStrings(op, List.of("a", "b\n c ", "", ""), line("\t a \u3000\u00a0b\n c ", " \r"));
  }

  @ParameterizedTest
  @EnumSource
  void stringNormalizer(CaseChange change) {
    Tensor days = line("Monday", "tuesday", "MONDAY", "Sunday");
    for (boolean sensitive : new boolean[] {true, false}) {
      for (List<String> stop : List.of(List.<String>of(), List.of("monday", "Sunday"))) {
        var op = new StringNormalizer(change, sensitive, "C", stop);
        agree(op, days);
        agree(op, text(1, 2, "monday", "Sunday"));
      }
    }
  }

  private static TfIdfVectorizer grams(
      TfIdfVectorizer.Mode mode, int least, int most, int skip, TfIdfVectorizer.Pool pool) {
    return new TfIdfVectorizer(
        mode,
        least,
        most,
        skip,
        List.of(0, 4),
        List.of(6, 0, 5, 1, 2, 4, 3),
        pool,
        List.of(0.5f, 2f, 3f, 4f, 5f, 6f, 7f));
  }

  @ParameterizedTest
  @EnumSource
  void tfIdfVectorizer(TfIdfVectorizer.Mode mode) {
    var integers =
        new TfIdfVectorizer.Pool(List.of(2L, 3L, 5L, 4L, 5L, 6L, 7L, 8L, 6L, 7L), List.of());
    var strings =
        new TfIdfVectorizer.Pool(
            List.of(), List.of("2", "3", "5", "4", "5", "6", "7", "8", "6", "7"));
    long[] row = {1, 5, 3, 3, 7, 8, 6, 7, 8, 6, 7, 5};
    Tensor numbers = Tensor.of(row, 2, 6);
    Tensor texts = text(2, 6, "1", "5", "3", "3", "7", "8", "6", "7", "8", "6", "7", "5");
    for (int skip = 0; skip < 6; skip += 5) {
      for (int least = 1; least <= 2; least++) {
        for (int most = least; most <= 2; most++) {
          agree(grams(mode, least, most, skip, integers), numbers);
          agree(grams(mode, least, most, skip, integers), Tensor.of(row, 12));
          agree(grams(mode, least, most, skip, strings), texts);
        }
      }
    }
  }

  /** ONNX Runtime has no strings here: what is moved and compared is plain. */
  @Test
  void stringsAreMovedAndComparedAsNumbersAre() {
    Map<String, Data> inputs = new LinkedHashMap<>();
    Tensor other = line("a b", "", "x");
    assertStrings(
        new Where(), List.of("a b", "", "a b", "a b", "", "x"), condition(), other, WORDS);
    assertStrings(new Gather(1), List.of("a b", "b-a-c-"), WORDS, Tensor.of(new long[] {-1}, 1));
    assertStrings(new Concat(0), List.of("a b", "", "x", "q"), other, line("q"));
    assertStrings(new Transpose(List.of(1, 0)), List.of("a", "b"), text(1, 2, "a", "b"));
    Graph equal = graph(new PredicateOp.Equal(), inputs, WORDS, line("a b", "", "a b"));
    BothValues.agree(equal, inputs);
  }

  private static Tensor condition() {
    byte[] truth = {1, 1, 0, 1, 1, 1};
    return DenseTensor.copy(DType.BOOL, Shape.of(2, 3), MemorySegment.ofArray(truth));
  }

  private static void assertStrings(Op op, List<String> expected, Tensor... tensors) {
    Map<String, Data> inputs = new LinkedHashMap<>();
    Graph graph = graph(op, inputs, tensors);
    Data found = BothValues.run("native", graph, inputs).get(graph.outputs().getFirst().name());
    assertThat(((Tensor) Objects.requireNonNull(found)).dense().strings()).isEqualTo(expected);
  }
}
