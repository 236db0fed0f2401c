package dev.sardonyx.ort;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.ControlOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.OptionalOp;
import dev.sardonyx.api.op.PredicateOp;
import dev.sardonyx.api.op.Scan;
import dev.sardonyx.api.op.SequenceMap;
import dev.sardonyx.api.op.SequenceOp;
import dev.sardonyx.api.op.SplitToSequence;
import dev.sardonyx.api.op.StringNormalizer;
import dev.sardonyx.api.op.StringNormalizer.CaseChange;
import dev.sardonyx.api.op.TextOp;
import dev.sardonyx.api.op.TfIdfVectorizer;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.onnx.Graphs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Graphs with sequences, optionals and graphs within nodes, for {@link OperatorsOnOrtTest}. */
final class ValueGraphs {
  private static final TensorType MATRIX = TensorType.of(DType.FLOAT32, 2, 3);
  private static final TensorType ROUND = TensorType.of(DType.INT64, new long[0]);
  private static final TensorType TRUTH = TensorType.of(DType.BOOL, new long[0]);

  private ValueGraphs() {}

  static List<Graph> all() {
    return List.of(sequences(), optionals(), mapped(), branches(), loop(), scan());
  }

  /** A node of each operator on strings. */
  static List<Graph> text() {
    DenseTensor words = DenseTensor.ofStrings(List.of("a b", "c"), Shape.of(2));
    var pool = new TfIdfVectorizer.Pool(List.of(1L, 2L, 1L, 2L), List.of());
    var grams =
        new TfIdfVectorizer(
            TfIdfVectorizer.Mode.TFIDF,
            1,
            2,
            1,
            List.of(0, 2),
            List.of(0, 2, 1),
            pool,
            List.of(1f, 2f, 3f));
    return List.of(
        Graphs.oneNode(new TextOp.RegexFullMatch("a.*"), words),
        Graphs.oneNode(new TextOp.StringConcat(), words, words),
        Graphs.oneNode(new TextOp.StringSplit(" ", OptionalLong.of(1)), words),
        Graphs.oneNode(new StringNormalizer(CaseChange.UPPER, true, "C", List.of("c")), words),
        Graphs.oneNode(grams, Graphs.longs(1, 2, 1)));
  }

  private static Value add(GraphBuilder builder, Op op, Value... inputs) {
    return builder.add(op, List.of(inputs), Origin.unknown()).output();
  }

  private static GraphBody body(GraphBuilder builder, int captures, Value... outputs) {
    return new GraphBody(builder.build(List.of(outputs), Map.of()), captures);
  }

  private static Graph sequences() {
    var builder = new GraphBuilder("sequences");
    Value a = builder.input("a", MATRIX);
    Value zero = builder.constant(Tensor.scalar(0L).dense());
    Value last = builder.constant(Tensor.scalar(-1L).dense());
    Value two = builder.constant(Tensor.scalar(2L).dense());
    Value empty = add(builder, new SequenceOp.SequenceEmpty(DType.FLOAT32));
    Value one = add(builder, new SequenceOp.SequenceInsert(), empty, a);
    Value pair = add(builder, new SequenceOp.SequenceConstruct(), a, a);
    Value three = add(builder, new SequenceOp.SequenceInsert(), pair, a, zero);
    Value less = add(builder, new SequenceOp.SequenceErase(), three, last);
    Value parts = add(builder, new SplitToSequence(-1, true), a, two);
    Value rows = add(builder, new SplitToSequence(0, false), a);
    return builder.build(
        List.of(
            add(builder, new SequenceOp.SequenceAt(), less, last),
            add(builder, new SequenceOp.SequenceLength(), one),
            add(builder, new SequenceOp.ConcatFromSequence(1, false), parts),
            add(builder, new SequenceOp.ConcatFromSequence(-1, true), rows)),
        Map.of());
  }

  private static Graph optionals() {
    var builder = new GraphBuilder("optionals");
    Value a = builder.input("a", MATRIX);
    Value full = add(builder, new OptionalOp.Construct(Optional.empty()), a);
    Value empty = add(builder, new OptionalOp.Construct(Optional.of(MATRIX)));
    return builder.build(
        List.of(
            add(builder, new OptionalOp.OptionalGetElement(), full),
            add(builder, new OptionalOp.OptionalHasElement(), empty)),
        Map.of());
  }

  private static Graph mapped() {
    var inner = new GraphBuilder("each");
    Value element = inner.input("element", MATRIX);
    Value weight = inner.input("weight", MATRIX);
    GraphBody body = body(inner, 0, add(inner, new BinaryOp.Mul(), element, weight));
    var builder = new GraphBuilder("mapped");
    Value a = builder.input("a", MATRIX);
    Value pair = add(builder, new SequenceOp.SequenceConstruct(), a, a);
    Value products = add(builder, new SequenceMap(body), pair, a);
    return builder.build(
        List.of(add(builder, new SequenceOp.ConcatFromSequence(0, true), products)), Map.of());
  }

  private static Graph branches() {
    var then = new GraphBuilder("then");
    GraphBody ifTrue = body(then, 1, add(then, new UnaryOp.Exp(), then.input("a", MATRIX)));
    var otherwise = new GraphBuilder("otherwise");
    GraphBody ifFalse =
        body(otherwise, 1, add(otherwise, new UnaryOp.Neg(), otherwise.input("a", MATRIX)));
    var builder = new GraphBuilder("branches");
    Value a = builder.input("a", MATRIX);
    Value cond = add(builder, new PredicateOp.Greater(), sum(builder), sum(builder));
    return builder.build(
        List.of(add(builder, new ControlOp.If(ifTrue, ifFalse), cond, a)), Map.of());
  }

  private static Value sum(GraphBuilder builder) {
    return builder.constant(Tensor.scalar(1f).dense());
  }

  private static Graph loop() {
    var inner = new GraphBuilder("round");
    inner.input("i", ROUND);
    Value going = inner.input("going", TRUTH);
    Value state = inner.input("state", MATRIX);
    Value next = add(inner, new BinaryOp.Add(), state, inner.input("a", MATRIX));
    Value on = add(inner, new UnaryOp.Identity(), going);
    GraphBody body = body(inner, 1, on, next, add(inner, new UnaryOp.Abs(), next));
    var builder = new GraphBuilder("loop");
    Value a = builder.input("a", MATRIX);
    Value rounds = builder.constant(Tensor.scalar(4L).dense());
    return builder.build(
        builder
            .add(new ControlOp.Loop(body), List.of(rounds, Value.absent(), a, a), Origin.unknown())
            .outputs(),
        Map.of());
  }

  private static Graph scan() {
    var inner = new GraphBuilder("step");
    TensorType row = TensorType.of(DType.FLOAT32, 2);
    Value sum = inner.input("sum", row);
    Value next = add(inner, new BinaryOp.Add(), sum, inner.input("column", row));
    GraphBody body = body(inner, 0, next, add(inner, new UnaryOp.Abs(), next));
    var builder = new GraphBuilder("scan");
    Value start = builder.input("start", row);
    Value a = builder.input("a", MATRIX);
    var scan = new Scan(body, List.of(1), List.of(true), List.of(-1), List.of(false));
    return builder.build(
        builder.add(scan, List.of(start, a), Origin.unknown()).outputs(), Map.of());
  }
}
