package dev.sardonyx.runtime.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.GraphChecker;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.ControlOp;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.Dropout;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.NormalizationOp.BatchNormalization;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.engine.Graphs;
import dev.sardonyx.runtime.engine.NativeEvaluator;
import dev.sardonyx.runtime.engine.RandomGraphs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PassesTest {
  private static final NativeEvaluator EVALUATOR = new NativeEvaluator();

  private static List<String> operators(Graph graph) {
    return graph.nodes().stream().map(node -> node.op().name()).toList();
  }

  @Test
  void everyPassKeepsGraphsWellFormedAndIsDoneAfterOneRun() {
    for (long seed = 0; seed < 40; seed++) {
      Graph graph = RandomGraphs.of(seed, 30);
      for (Pass pass : Compiler.standard(EVALUATOR, true).passes()) {
        Graph once = GraphChecker.check(pass.apply(graph));
        assertThat(pass.apply(once)).as(pass.name()).isSameAs(once);
        assertThat(once.inputs()).isEqualTo(graph.inputs());
        assertThat(once.outputs()).isEqualTo(graph.outputs());
      }
    }
  }

  /** The graph around has a value and a node of the very names that the branch's would get. */
  @Test
  void aBranchThatIsInlinedKeepsItsValuesApartFromThoseAround() {
    TensorType type = TensorType.of(DType.FLOAT32, 2L);
    var x = new Value("x", type);
    var t = new Value("t", type);
    var same = new Value("if/t", type);
    var y = new Value("y", type);
    Node negative = new Node("t", new UnaryOp.Neg(), List.of(x), List.of(t), Origin.unknown());
    var branch =
        new GraphBody(
            new Graph("branch", List.of(x), List.of(t), List.of(negative), Map.of(), Map.of()), 1);
    var condition = new Value("c", TensorType.of(DType.BOOL, 1L));
    Graph graph =
        new Graph(
            "around",
            List.of(x),
            List.of(same, y),
            List.of(
                new Node("if/t", new UnaryOp.Abs(), List.of(x), List.of(same), Origin.unknown()),
                new Node(
                    "if",
                    new ControlOp.If(branch, branch),
                    List.of(condition, x),
                    List.of(y),
                    Origin.unknown())),
            Map.of("c", Tensor.of(new boolean[] {true}, 1).dense()),
            Map.of());
    Graph inlined = GraphChecker.check(new InlineBranches().apply(graph));
    assertThat(operators(inlined)).containsExactly("Abs", "Neg", "Identity");
    assertThat(inlined.outputs()).isEqualTo(graph.outputs());
  }

  @Test
  void identitiesGoUnlessTheyNameAnOutput() {
    var net = new Graphs();
    var x = net.input("x", "2");
    var first = net.add(new UnaryOp.Identity(), x);
    var second = net.add(new UnaryOp.Identity(), first);
    var y = net.add(new UnaryOp.Relu(), second);
    Graph inner = new DropIdentities().apply(net.outputs(y));
    assertThat(inner.nodes()).hasSize(1);
    assertThat(inner.nodes().getFirst().inputs().getFirst().name()).isEqualTo("x");
    Graph named = new DropIdentities().apply(net.outputs(y, second));
    assertThat(operators(named)).containsExactly("Identity", "Relu");
    assertThat(named.outputs()).containsExactly(y, second);
  }

  @Test
  void anIdentityGivesItsNameToWhatItReads() {
    var net = new Graphs();
    var made = net.add(new UnaryOp.Neg(), net.input("x", "2"));
    var first = net.add(new UnaryOp.Identity(), made);
    var second = net.add(new UnaryOp.Identity(), made);
    var relu = net.add(new UnaryOp.Relu(), made);
    Graph named = Passes.applied(new DropIdentities(), net.outputs(first, second, relu));
    assertThat(operators(named)).containsExactly("Neg", "Identity", "Relu");
    assertThat(named.nodes().getFirst().output()).isEqualTo(first);
  }

  /** As torch exports functional dropout of p = 0 with training on. */
  @Test
  void aDropoutOfNothingGoes() {
    var net = new Graphs();
    var x = net.input("x", "2");
    var training =
        net.constant("training", Tensor.of(new boolean[] {true}).dense().reshaped(Shape.of()));
    var ratio = net.constant("ratio", Tensor.scalar(0f));
    var kept = net.add(new Dropout(Optional.empty()), x, ratio, training);
    Graph dropped = new DropIdentities().apply(net.outputs(net.add(new UnaryOp.Neg(), kept)));
    assertThat(operators(dropped)).containsExactly("Neg");
  }

  @Test
  void arithmeticOnConstantsIsDoneOnce() {
    var net = new Graphs();
    var x = net.input("x", "2");
    var a = net.constant("a", Tensor.of(new float[] {1, 2}, 2));
    var sum = net.add(new BinaryOp.Add(), a, a);
    var twice = net.add(new BinaryOp.Mul(), sum, a);
    var y = net.add(new BinaryOp.Add(), x, twice);
    Graph folded = new FoldConstants(EVALUATOR).apply(net.outputs(y));
    assertThat(operators(folded)).containsExactly("Add");
    assertThat(Graphs.named(folded.initializers(), twice.name()).floats()).containsExactly(2, 8);
  }

  /** Stacked and not, read as panels and as it is. */
  @Test
  void aLargeTransposedConstantMeansTheSameWhoeverReadsIt() {
    var random = new Random(3);
    var numbers = new float[160 * 128];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian() / 100;
    }
    var net = new Graphs();
    var w = net.constant("w", Tensor.of(numbers, 160, 128));
    var turned = net.add(new Transpose(List.of(1, 0)), w);
    var back = net.add(new Transpose(List.of(1, 0)), turned);
    var flat = net.add(new MatMul(), net.input("x", "2", "128"), turned);
    var stacked = net.add(new MatMul(), net.input("y", "3", "2", "128"), turned);
    var again = net.add(new MatMul(), flat, back);
    var read = net.add(new BinaryOp.Add(), turned, net.input("z", "160"));
    Graph graph = net.outputs(flat, stacked, again, read);
    Graph folded = Passes.applied(Compiler.standard(EVALUATOR, true), graph);
    assertThat(operators(folded)).doesNotContain("Transpose");
    var alone = new Compiler(List.of(new FoldConstants(EVALUATOR)));
    assertThat(Graphs.named(alone.compile(graph).initializers(), turned.name()).source())
        .isPresent();
  }

  @Test
  void aConstantThatWouldGrowTooMuchIsNotFolded() {
    var net = new Graphs();
    var column = net.constant("column", Tensor.ones(4000, 1));
    var row = net.constant("row", Tensor.ones(1, 4000));
    Graph graph = net.outputs(net.add(new BinaryOp.Add(), column, row));
    assertThat(new FoldConstants(EVALUATOR).apply(graph)).isSameAs(graph);
  }

  @Test
  void aNodeThatFailsOnItsConstantsStaysToSayItWhenItRuns() {
    var net = new Graphs();
    var data = net.constant("data", Tensor.ones(2));
    var index = net.constant("index", Tensor.scalar(5L));
    Graph graph = net.outputs(net.add(new Gather(0), data, index));
    assertThat(new FoldConstants(EVALUATOR).apply(graph)).isSameAs(graph);
  }

  @Test
  void whatNothingNeedsGoesAndInputsStay() {
    var net = new Graphs();
    var x = net.input("x", "2");
    var unused = net.input("unused", "2");
    var c = net.constant("c", Tensor.ones(2));
    net.add(new UnaryOp.Relu(), net.add(new BinaryOp.Add(), x, c));
    var y = net.add(new UnaryOp.Neg(), x);
    Graph lean = new RemoveDead().apply(net.outputs(y));
    assertThat(operators(lean)).containsExactly("Neg");
    assertThat(lean.initializers()).isEmpty();
    assertThat(lean.inputs()).containsExactly(x, unused);
  }

  private static Value normalized(Graphs net, Value x) {
    return net.add(
        new BatchNormalization(0.5f),
        x,
        net.constant("scale", Tensor.of(new float[] {2, 3}, 2)),
        net.constant("shift", Tensor.of(new float[] {1, -1}, 2)),
        net.constant("mean", Tensor.of(new float[] {4, 2}, 2)),
        net.constant("variance", Tensor.of(new float[] {3.5f, 8.5f}, 2)));
  }

  @Test
  void aNormalizationMovesIntoTheConvolutionBeforeIt() {
    var net = new Graphs();
    var x = net.input("x", "1", "1", "2", "2");
    var window = Window.of(List.of(1, 1), List.of(1, 1), List.of(1, 1), List.of(0, 0));
    var w = net.constant("w", Tensor.of(new float[] {10, 20}, 2, 1, 1, 1));
    var b = net.constant("b", Tensor.of(new float[] {6, 7}, 2));
    var conv = net.add(new Conv(window, 1), x, w, b);
    var y = normalized(net, conv);
    Graph folded = ScaleRules.pass().apply(net.outputs(y));
    assertThat(operators(folded)).containsExactly("Conv");
    Node node = folded.nodes().getFirst();
    assertThat(node.output()).isEqualTo(y);
    assertThat(node.place()).isEqualTo("conv_1, Net.java:1");
    // scale / sqrt(variance + epsilon) is 1 and 1; (b - mean) * that + shift is 3 and 4
    assertThat(Graphs.named(folded.initializers(), node.inputs().get(1).name()).floats())
        .containsExactly(10, 20);
    assertThat(Graphs.named(folded.initializers(), node.inputs().get(2).name()).floats())
        .containsExactly(3, 4);
  }

  @Test
  void aConvolutionThatIsSeenElsewhereKeepsItsWeights() {
    var net = new Graphs();
    var x = net.input("x", "1", "1", "2", "2");
    var window = Window.of(List.of(1, 1), List.of(1, 1), List.of(1, 1), List.of(0, 0));
    var conv = net.add(new Conv(window, 1), x, net.constant("w", Tensor.ones(2, 1, 1, 1)));
    var y = normalized(net, conv);
    var relu = net.add(new UnaryOp.Relu(), conv);
    for (Graph graph : List.of(net.outputs(y, relu), net.outputs(y, conv))) {
      Graph folded = ScaleRules.pass().apply(graph);
      assertThat(operators(folded)).startsWith("Conv", "BatchNormalization");
    }
  }

  @Test
  void aNormalizationThatStaysIsAFactorAndASummand() {
    var net = new Graphs();
    var y = normalized(net, net.input("x", "1", "2"));
    Node node = ScaleRules.pass().apply(net.outputs(y)).nodes().getFirst();
    assertThat(node.op()).isEqualTo(new BatchNormalization(0));
  }

  @Test
  void aNormalizationThatTrainsStaysAsItIs() {
    var net = new Graphs();
    var two = net.constant("two", Tensor.ones(2));
    var op = new BatchNormalization(1e-5f, 0.9f, true);
    Graph graph = net.outputs(net.add(op, net.input("x", "3", "2"), two, two, two, two));
    assertThat(ScaleRules.pass().apply(graph)).isSameAs(graph);
  }

  @Test
  void aDropoutWithoutTrainingModeGoes() {
    var net = new Graphs();
    var x = net.input("x", "2");
    var training = net.constant("training", Tensor.scalar(1L).to(DType.BOOL));
    var ratio = net.constant("ratio", Tensor.scalar(0.5f));
    var dropout = new Dropout(Optional.empty());
    GraphBuilder builder = new GraphBuilder("net");
    Value data = builder.input("data", TensorType.of(DType.FLOAT32, 2));
    Value kept = builder.add(dropout, List.of(data), 1, Origin.unknown()).output();
    Value end = builder.add(new UnaryOp.Neg(), List.of(kept), Origin.unknown()).output();
    assertThat(operators(new DropIdentities().apply(builder.build(List.of(end), Map.of()))))
        .containsExactly("Neg");
    Graph trains = net.outputs(net.add(new UnaryOp.Neg(), net.add(dropout, x, ratio, training)));
    assertThat(operators(new DropIdentities().apply(trains))).containsExactly("Dropout", "Neg");
  }

  @Test
  void normalizationsOfAnotherNumberOfChannelsAreNotFolded() {
    var window = Window.of(List.of(1, 1), List.of(1, 1), List.of(1, 1), List.of(0, 0));
    var builder = new GraphBuilder("net");
    Value x = builder.input("x", new TensorType(DType.FLOAT32, Shape.unknown()));
    Value weights = builder.initializer("w", Tensor.ones(2, 2, 1, 1).dense());
    Value bias = builder.initializer("b", Tensor.ones(1).dense()); // two are needed
    Value two = builder.initializer("two", Tensor.ones(2).dense());
    var conv = builder.add(new Conv(window, 1), List.of(x, weights, bias), Origin.unknown());
    var inputs = List.of(conv.output(), two, two, two, two);
    var y = builder.add(new BatchNormalization(1e-5f), inputs, Origin.unknown());
    Graph graph = builder.build(y.outputs(), Map.of());
    assertThat(operators(ScaleRules.pass().apply(graph)))
        .containsExactly("Conv", "BatchNormalization");
  }
}
