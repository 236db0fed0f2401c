package dev.sardonyx.apitest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.nn.Dropout;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.Structure;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.ModuleCall;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TraceTest {
  private static final TensorType INPUT = TensorType.of(DType.FLOAT32, "batch", "4");

  /** A residual block whose sum is an operation of its own and no layer. */
  private record Block(Linear fc, ReLU relu) implements UnaryModule {
    Block() {
      this(new Linear(4, 4), new ReLU());
    }

    @Override
    public Structure structure() {
      return Structure.of("Block").add("fc", fc).add("relu", relu);
    }

    @Override
    public Tensor forward(Tensor x) {
      Tensor y = fc.forward(x);
      return relu.forward(y.add(x));
    }
  }

  private record Net(Sequential blocks, Block last) implements UnaryModule {
    Net() {
      this(new Sequential(new Block(), new Block()), new Block());
    }

    @Override
    public Structure structure() {
      return Structure.of("Net").add("blocks", blocks).add("last", last);
    }

    @Override
    public Tensor forward(Tensor x) {
      Tensor y = Functional.relu(blocks.forward(x));
      return Functional.tanh(last.forward(y));
    }
  }

  private record Body(UnaryOperator<Tensor> body) implements UnaryModule {
    @Override
    public Structure structure() {
      return Structure.of("Body");
    }

    @Override
    public Tensor forward(Tensor x) {
      return body.apply(x);
    }
  }

  private static List<String> modules(Graph graph) {
    return graph.nodes().stream()
        .map(node -> node.op().name() + " " + node.origin().module())
        .toList();
  }

  @Test
  void everyNodeKnowsItsModule() {
    assertThat(modules(Trace.of(new Net(), INPUT).graph()))
        .containsExactly(
            "Gemm blocks.0.fc",
            "Add blocks.0",
            "Relu blocks.0.relu",
            "Gemm blocks.1.fc",
            "Add blocks.1",
            "Relu blocks.1.relu",
            "Relu ",
            "Gemm last.fc",
            "Add last",
            "Relu last.relu",
            "Tanh ");
  }

  @Test
  void everyNodeKnowsTheUsersLine() {
    List<Node> nodes = Trace.of(new Block(), INPUT).graph().nodes();
    int first = nodes.getFirst().origin().source().orElseThrow().line();
    assertThat(nodes.getFirst().origin().source().orElseThrow().file()).isEqualTo("TraceTest.java");
    assertThat(nodes)
        .extracting(node -> node.origin().source().orElseThrow().line())
        .containsExactly(first, first + 1, first + 1);
  }

  @Test
  void aFunctionBeforeAnyLayerIsToldByItsClass() {
    var inner = new Body(x -> Functional.tanh(x));
    var outer =
        new UnaryModule() {
          @Override
          public Structure structure() {
            return Structure.of("Outer").add("inner", inner);
          }

          @Override
          public Tensor forward(Tensor x) {
            return inner.forward(x);
          }
        };
    assertThat(modules(Trace.of(outer, INPUT).graph())).containsExactly("Tanh inner");
  }

  private abstract static class Base implements UnaryModule {
    private final ReLU relu = new ReLU();

    @Override
    public Structure structure() {
      return Structure.of("Base").add("relu", relu);
    }

    @Override
    public Tensor forward(Tensor x) {
      return Functional.tanh(relu.forward(x));
    }
  }

  private static final class Derived extends Base {}

  @Test
  void aForwardMayBeInherited() {
    var model = new Sequential(new Derived(), new Derived());
    assertThat(modules(Trace.of(model, INPUT).graph()))
        .containsExactly("Relu 0.relu", "Tanh 0", "Relu 1.relu", "Tanh 1");
  }

  @Test
  void aWeightNamedLikeANodeKeepsItsName() {
    var weight = new Parameter(Tensor.ones(4));
    var model =
        new UnaryModule() {
          @Override
          public Structure structure() {
            return Structure.of("Odd").add("relu_1", weight);
          }

          @Override
          public Tensor forward(Tensor x) {
            return Functional.relu(x).mul(weight);
          }
        };
    assertThat(Graphs.lines(model, "n", "4"))
        .containsExactly(
            "relu_2: float32[n, 4] = Relu(x)", "output: float32[n, 4] = Mul(relu_2, relu_1)");
  }

  @Test
  void weightsAreInitializersUnderTheirNames() {
    Graph graph = Trace.of(new Net(), INPUT).graph();
    assertThat(graph.initializers().keySet())
        .containsExactly(
            "blocks.0.fc.weight",
            "blocks.0.fc.bias",
            "blocks.1.fc.weight",
            "blocks.1.fc.bias",
            "last.fc.weight",
            "last.fc.bias");
    assertThat(graph.inputs()).extracting(value -> value.name()).containsExactly("x");
    assertThat(graph.outputs()).extracting(value -> value.name()).containsExactly("output");
  }

  @Test
  void aLayerUsedTwiceIsTwoNodesOfOneWeight() {
    var shared = new Linear(4, 4);
    Graph graph = Trace.of(new Sequential(shared, new ReLU(), shared), INPUT).graph();
    assertThat(graph.initializers().keySet()).containsExactly("0.weight", "0.bias");
    assertThat(modules(graph)).containsExactly("Gemm 0", "Relu 1", "Gemm 0");
  }

  @Test
  void eachCallOfALayerIsKnownOnce() {
    var trace = Trace.of(new Sequential(new Linear(4, 3), new ReLU()), INPUT);
    assertThat(trace.calls()).extracting(ModuleCall::path).containsExactly("0", "1", "");
    ModuleCall linear = trace.calls().getFirst();
    assertThat(linear.inputs()).containsExactly(INPUT);
    assertThat(linear.outputs()).hasToString("[float32[batch, 3]]");
    assertThat(linear.firstNode()).isZero();
    assertThat(linear.afterNode()).isEqualTo(1);
  }

  @Test
  void aTraceThatFailsKeepsWhatWasRight() {
    var model = new Sequential(new Linear(4, 3), new ReLU(), new Linear(5, 2), new ReLU());
    var trace = Trace.of(model, INPUT);
    assertThat(trace.calls()).extracting(ModuleCall::path).containsExactly("0", "1");
    assertThat(trace.nodes()).hasSize(2);
    assertThat(trace.failure().orElseThrow().getMessage())
        .contains(
            "Linear expects [..., 5], found float32[batch, 3], whose dim 1 is 3, not inFeatures = 5, at 2, TraceTest.java:");
    Errors.expect(ErrorCode.SHAPE, trace::graph, "Linear expects [..., 5]");
  }

  @Test
  void anInputOrWeightAsOutputIsCopied() {
    assertThat(Trace.of(new Body(x -> x), INPUT).graph().toString())
        .contains("output: float32[batch, 4] = Identity(x)");
    var constant = Tensor.ones(2);
    assertThat(Trace.of(new Body(x -> constant), INPUT).graph().toString())
        .contains("output: float32[2] = Identity(const_1)");
  }

  @Test
  void contentsAreRefusedWithTheLineThatAskedForThem() {
    var trace = Trace.of(new Body(x -> x.floats()[0] > 0 ? x : x.neg()), INPUT);
    assertThat(trace.failure().orElseThrow().code()).isEqualTo(ErrorCode.TRACED_CONTENTS);
    assertThat(trace.failure().orElseThrow().getMessage())
        .contains("the contents of x: float32[batch, 4] are not known while the model is traced")
        .contains("(asked for in TraceTest.java:");
  }

  @Test
  void knownDimsMayBeAskedFor() {
    var model = new Body(x -> x.size(1).fixed() > 3 ? Functional.relu(x) : Functional.tanh(x));
    assertThat(Graphs.lines(model, "batch", "4")).first().asString().contains("Relu");
    assertThat(Graphs.lines(model, "batch", "2")).first().asString().contains("Tanh");
    Errors.expect(
        ErrorCode.SHAPE, () -> Graphs.lines(model, "4", "width"), "dim width is not a number here");
  }

  @Test
  void trainingModeIsRefused() {
    var model = new Sequential(new Linear(4, 4), new Dropout());
    model.train();
    Errors.expect(
        ErrorCode.MODEL, () -> Trace.of(model, INPUT), "Sequential is in training mode", "eval()");
    var functional = new Body(x -> Functional.dropout(x, 0.5, true));
    Errors.expect(ErrorCode.MODEL, () -> Trace.of(functional, INPUT).graph(), "cannot be traced");
  }

  @Test
  void aParameterOutsideTheModuleIsRefused() {
    var stray = new Parameter(Tensor.ones(4));
    Errors.expect(
        ErrorCode.MODEL,
        () -> Trace.of(new Body(x -> x.mul(stray)), INPUT).graph(),
        "a parameter or buffer of float32[4] is used in forward but is not part of the module",
        "@Layer",
        "TraceTest.java:");
  }

  @Test
  void aTensorKeptFromAnotherTraceIsRefused() {
    Tensor[] kept = new Tensor[1];
    Trace.of(
        new Body(
            x -> {
              kept[0] = x;
              return x;
            }),
        INPUT);
    Errors.expect(
        ErrorCode.MODEL,
        () -> Trace.of(new Body(x -> x.add(kept[0])), INPUT).graph(),
        "comes from another trace");
  }

  @Test
  void tracesOfOneModelAreEqual() {
    var model = new Net();
    assertThat(Trace.of(model, INPUT).graph())
        .hasToString(Trace.of(model, INPUT).graph().toString());
  }
}
