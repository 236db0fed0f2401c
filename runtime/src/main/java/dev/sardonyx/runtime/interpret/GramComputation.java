package dev.sardonyx.runtime.interpret;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.TfIdfVectorizer;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** TfIdfVectorizer: n-grams looked up in a tree of tokens. */
final class GramComputation {
  /** What follows a token of an n-gram, and the n-gram that ends with it, below 0 for none. */
  private static final class Branch {
    private final Map<Object, Branch> next = new HashMap<>();
    private int gram = -1;
  }

  private final TfIdfVectorizer op;
  private final Branch root = new Branch();

  private GramComputation(TfIdfVectorizer op) {
    this.op = op;
    List<?> pool = op.pool().tokens();
    int gram = 0;
    for (int length = 1; length <= op.ngramCounts().size(); length++) {
      int begin = op.ngramCounts().get(length - 1);
      int end = length < op.ngramCounts().size() ? op.ngramCounts().get(length) : pool.size();
      for (int at = begin; at < end; at += length) {
        if (length >= op.minGramLength() && length <= op.maxGramLength()) {
          enter(pool.subList(at, at + length), gram);
        }
        gram++;
      }
    }
  }

  private void enter(List<?> tokens, int gram) {
    Branch branch = root;
    for (Object token : tokens) {
      branch = branch.next.computeIfAbsent(token, _ -> new Branch());
    }
    if (branch.gram >= 0) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "TfIdfVectorizer: the pool has " + tokens + " twice");
    }
    branch.gram = gram;
  }

  static Computation of(TfIdfVectorizer op) {
    var grams = new GramComputation(op);
    return (inputs, interpreter) -> {
      var type = (TensorType) Interpreter.types(op, inputs).getFirst();
      DenseTensor x = ((Tensor) inputs.getFirst().orElseThrow()).dense();
      MemorySegment counts = interpreter.allocate(type);
      List<?> tokens =
          x.dtype() == DType.STRING
              ? x.strings()
              : LongStream.range(0, x.elements())
                  .peek(Cancellation::pollAt)
                  .mapToObj(x::longAt)
                  .toList();
      int columns = (int) x.shape().dim(-1).fixed();
      for (int row = 0; columns > 0 && row < x.elements() / columns; row++) {
        Cancellation.poll();
        grams.count(tokens.subList(row * columns, (row + 1) * columns), counts, row);
      }
      return List.of(DenseTensor.view(DType.FLOAT32, type.shape(), counts));
    };
  }

  private void count(List<?> row, MemorySegment counts, int index) {
    for (int skip = 0; skip <= op.maxSkipCount() && skip < row.size(); skip++) {
      for (int begin = 0; begin < row.size(); begin++) {
        Cancellation.pollAt(begin);
        Branch branch = root;
        int length = 0;
        for (long at = begin; at < row.size(); at += skip + 1L) {
          Cancellation.pollAt(length);
          branch = branch.next.get(row.get((int) at));
          if (branch == null) {
            break;
          }
          length++;
          // One token has nothing between: it counts once, whatever is skipped.
          if (branch.gram >= 0 && (length > 1 || skip == 0)) {
            add(counts, index, branch.gram);
          }
        }
      }
    }
  }

  private void add(MemorySegment counts, int row, int gram) {
    long at = row * op.columns() + op.ngramIndexes().get(gram);
    float weight = op.weights().isEmpty() ? 1 : op.weights().get(gram);
    float old = counts.getAtIndex(ValueLayout.JAVA_FLOAT, at);
    counts.setAtIndex(
        ValueLayout.JAVA_FLOAT,
        at,
        switch (op.mode()) {
          case TF -> old + 1;
          case IDF -> weight;
          case TFIDF -> old + weight;
        });
  }
}
