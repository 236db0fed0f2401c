package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Counts of the n-grams of a pool in each row. Shapes: [C] -> [W] or [N, C] -> [N, W], where W is
 * one more than the largest of ngramIndexes. Source: ONNX TfIdfVectorizer.
 *
 * @param ngramCounts where in the pool the n-grams of each length begin
 * @param ngramIndexes the column of each n-gram of the pool
 * @param pool the tokens of all n-grams, one after the other
 * @param weights the factor of each n-gram; none for 1
 */
public record TfIdfVectorizer(
    Mode mode,
    int minGramLength,
    int maxGramLength,
    int maxSkipCount,
    List<Integer> ngramCounts,
    List<Integer> ngramIndexes,
    Pool pool,
    List<Float> weights)
    implements TextOp {

  /** What is made of counts: themselves, weights of what occurs, both multiplied. */
  public enum Mode {
    TF,
    IDF,
    TFIDF
  }

  /** The tokens of a pool: of the one kind or the other. */
  public record Pool(List<Long> integers, List<String> strings) {
    public Pool {
      integers = List.copyOf(integers);
      strings = List.copyOf(strings);
    }

    /** Strings or integers. */
    public List<?> tokens() {
      return strings.isEmpty() ? integers : strings;
    }
  }

  public TfIdfVectorizer {
    ngramCounts = List.copyOf(ngramCounts);
    ngramIndexes = List.copyOf(ngramIndexes);
    weights = List.copyOf(weights);
  }

  @Override
  public String name() {
    return "TfIdfVectorizer";
  }

  @Override
  public int sinceOpset() {
    return 9;
  }

  @Override
  public Attributes attributes() {
    Attributes result =
        Attributes.none()
            .with("mode", Attribute.of(mode.name()))
            .with("min_gram_length", Attribute.of(minGramLength))
            .with("max_gram_length", Attribute.of(maxGramLength))
            .with("max_skip_count", Attribute.of(maxSkipCount))
            .with("ngram_counts", Attribute.ofInts(ngramCounts))
            .with("ngram_indexes", Attribute.ofInts(ngramIndexes));
    result =
        pool.strings().isEmpty()
            ? result.with("pool_int64s", new Attribute.Ints(pool.integers()))
            : result.with("pool_strings", new Attribute.Strings(pool.strings()));
    return weights.isEmpty() ? result : result.with("weights", new Attribute.Floats(weights));
  }

  static TfIdfVectorizer read(Attributes attributes) {
    attributes.only(
        "mode",
        "min_gram_length",
        "max_gram_length",
        "max_skip_count",
        "ngram_counts",
        "ngram_indexes",
        "pool_int64s",
        "pool_strings",
        "weights");
    var result =
        new TfIdfVectorizer(
            mode(attributes),
            attributes.int32("min_gram_length", 0),
            attributes.int32("max_gram_length", 0),
            attributes.int32("max_skip_count", -1),
            attributes.ints("ngram_counts").orElse(List.of()),
            attributes.ints("ngram_indexes").orElse(List.of()),
            new Pool(attributes.longs("pool_int64s"), attributes.strings("pool_strings")),
            attributes.floats("weights"));
    result
        .problem()
        .ifPresent(
            law -> {
              throw attributes.error("TfIdfVectorizer: " + law);
            });
    return result;
  }

  private static Mode mode(Attributes attributes) {
    String mode = attributes.string("mode", "");
    return switch (mode) {
      case "TF" -> Mode.TF;
      case "IDF" -> Mode.IDF;
      case "TFIDF" -> Mode.TFIDF;
      default ->
          throw attributes.error(
              "TfIdfVectorizer: mode must be TF, IDF or TFIDF, found '" + mode + "'");
    };
  }

  /** What in the attributes does not fit; empty when all does. */
  private Optional<String> problem() {
    if (pool.integers().isEmpty() == pool.strings().isEmpty()) {
      return Optional.of("one of pool_int64s and pool_strings must be given");
    }
    if (minGramLength < 1 || maxGramLength < minGramLength || maxSkipCount < 0) {
      return Optional.of("gram lengths must be 1 or more and skips 0 or more");
    }
    int tokens = pool.tokens().size();
    if (ngramCounts.size() < maxGramLength || ngramCounts.size() > tokens + 1) {
      return Optional.of("ngram_counts must say where n-grams of each length begin");
    }
    int grams = 0;
    for (int i = 0; i < ngramCounts.size(); i++) {
      int begin = ngramCounts.get(i);
      int end = i + 1 < ngramCounts.size() ? ngramCounts.get(i + 1) : tokens;
      if (begin < 0 || end < begin || end > tokens || (end - begin) % (i + 1) != 0) {
        return Optional.of(
            "ngram_counts " + ngramCounts + " do not cut a pool of " + tokens + " into n-grams");
      }
      grams += (end - begin) / (i + 1);
    }
    if (ngramIndexes.size() != grams || ngramIndexes.stream().anyMatch(index -> index < 0)) {
      return Optional.of("ngram_indexes must name a column for each of " + grams);
    }
    return weights.isEmpty() || weights.size() == grams
        ? Optional.empty()
        : Optional.of("weights must be as many as the " + grams + " n-grams");
  }

  /** The number of columns. */
  public long columns() {
    return ngramIndexes.isEmpty() ? 0 : Collections.max(ngramIndexes) + 1L;
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    in.requireCount(1, 1)
        .requireDType(0, "X", pool.strings().isEmpty() ? Inputs.INDICES : EnumSet.of(DType.STRING));
    TensorType x = in.tensor(0, "X");
    if (!x.shape().isKnown()) {
      return List.of(new TensorType(DType.FLOAT32, x.shape()));
    }
    if (x.rank() < 1 || x.rank() > 2) {
      throw in.shapeError("X must be [C] or [N, C], found " + x);
    }
    return List.of(
        x.rank() == 1
            ? TensorType.of(DType.FLOAT32, Dim.of(columns()))
            : TensorType.of(DType.FLOAT32, x.dim(0), Dim.of(columns())));
  }
}
