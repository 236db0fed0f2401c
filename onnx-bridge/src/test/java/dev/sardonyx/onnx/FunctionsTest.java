package dev.sardonyx.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.onnx.internal.proto.AttributeProto;
import dev.sardonyx.onnx.internal.proto.AttributeProto.AttributeType;
import dev.sardonyx.onnx.internal.proto.FunctionProto;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.ModelProto;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import dev.sardonyx.onnx.internal.proto.OperatorSetIdProto;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Functions of a model's own are replaced by their nodes. Source: ONNX IR, functions. */
class FunctionsTest {
  private static FunctionProto.Builder function(String name, NodeProto... nodes) {
    return FunctionProto.newBuilder()
        .setDomain("own")
        .setName(name)
        .addInput("a")
        .addOutput("b")
        .addAllNode(List.of(nodes))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("own").setVersion(1));
  }

  private static NodeProto call(
      String name, String input, String output, AttributeProto... attributes) {
    return Protos.node(name, List.of(input), List.of(output), attributes).toBuilder()
        .setDomain("own")
        .build();
  }

  private static NodeProto node(String name, String input, String output) {
    return Protos.node(name, List.of(input), List.of(output));
  }

  private static Graph read(Consumer<GraphProto.Builder> content, FunctionProto.Builder... own) {
    ModelProto.Builder model = Protos.model(17, content).toBuilder();
    model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("own").setVersion(1));
    for (FunctionProto.Builder function : own) {
      model.addFunctions(function);
    }
    return Onnx.read(model.build().toByteArray(), "own.onnx");
  }

  private static void refused(
      ErrorCode code, String reason, NodeProto call, FunctionProto.Builder... own) {
    assertThatThrownBy(() -> read(g -> g.addNode(call).addOutput(Protos.untyped("y")), own))
        .isInstanceOfSatisfying(
            SardonyxException.class, error -> assertThat(error.code()).isEqualTo(code))
        .hasMessageContaining(reason)
        .hasMessageContaining("own.onnx");
  }

  @Test
  void callsBecomeNodesUnderNamesOfTheirOwn() {
    Graph graph =
        read(
            g ->
                g.addNode(call("Twice", "x", "h"))
                    .addNode(call("Twice", "h", "y"))
                    .addOutput(Protos.untyped("y")),
            function("Twice", node("Relu", "a", "m"), node("Neg", "m", "b")));
    assertThat(graph.nodes().stream().map(Node::op))
        .containsExactly(
            new UnaryOp.Relu(), new UnaryOp.Neg(), new UnaryOp.Relu(), new UnaryOp.Neg());
    assertThat(graph.nodes().getLast().output().name()).isEqualTo("y");
    assertThat(graph.nodes().stream().map(Node::name)).doesNotHaveDuplicates();
  }

  @Test
  void functionsCallFunctionsInAnyOrderOfNodes() {
    Graph graph =
        read(
            g -> g.addNode(call("Outer", "x", "y")).addOutput(Protos.untyped("y")),
            function("Outer", node("Neg", "m", "b"), call("Inner", "a", "m")),
            function("Inner", node("Relu", "a", "b")));
    assertThat(graph.nodes().stream().map(Node::op))
        .containsExactly(new UnaryOp.Relu(), new UnaryOp.Neg());
  }

  @Test
  void attributesComeFromTheCallOrTheDefaultOrAreAbsent() {
    AttributeProto reference =
        AttributeProto.newBuilder()
            .setName("alpha")
            .setType(AttributeType.FLOAT)
            .setRefAttrName("slope")
            .build();
    var leaky = function("Leaky", Protos.node("LeakyRelu", List.of("a"), List.of("b"), reference));
    assertThat(alpha(call("Leaky", "x", "y", Protos.real("slope", 0.5f)), leaky)).isEqualTo(0.5f);
    assertThat(alpha(call("Leaky", "x", "y"), leaky)).isEqualTo(0.01f);
    leaky.addAttributeProto(Protos.real("slope", 0.25f));
    assertThat(alpha(call("Leaky", "x", "y"), leaky)).isEqualTo(0.25f);
  }

  private static float alpha(NodeProto call, FunctionProto.Builder function) {
    Graph graph = read(g -> g.addNode(call).addOutput(Protos.untyped("y")), function);
    return ((ActivationOp.LeakyRelu) graph.nodes().getFirst().op()).alpha();
  }

  @Test
  void nodesHaveTheOperatorSetsOfTheirFunction() {
    var old =
        function(
                "Old", Protos.node("Unsqueeze", List.of("a"), List.of("b"), Protos.ints("axes", 0)))
            .clearOpsetImport()
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(11));
    Graph graph = read(g -> g.addNode(call("Old", "x", "y")).addOutput(Protos.untyped("y")), old);
    assertThat(graph.outputs().getFirst().tensorType().shape().sizes()).containsExactly(1, 2, 3);
  }

  @Test
  void overloadsAreDifferentFunctions() {
    var one = function("F", node("Relu", "a", "b")).setOverload("one");
    var two = function("F", node("Neg", "a", "b")).setOverload("two");
    NodeProto call = call("F", "x", "y").toBuilder().setOverload("two").build();
    Graph graph = read(g -> g.addNode(call).addOutput(Protos.untyped("y")), one, two);
    assertThat(graph.nodes().getFirst().op()).isEqualTo(new UnaryOp.Neg());
  }

  @Test
  void aGraphWithinMayNameItsValuesLikeThoseAroundTheCall() {
    GraphProto body =
        GraphProto.newBuilder()
            .setName("body")
            .addNode(node("Neg", "a", "h"))
            .addOutput(Protos.untyped("h"))
            .build();
    var branch =
        Protos.node(
            "If",
            List.of("c"),
            List.of("b"),
            Protos.graph("then_branch", body),
            Protos.graph("else_branch", body));
    var condition =
        Protos.node(
            "Constant",
            List.of(),
            List.of("c"),
            Protos.tensor("value", Protos.raw("c", 9, List.of(), (byte) 1)));
    Graph graph =
        read(
            g ->
                g.addNode(node("Relu", "x", "h"))
                    .addNode(call("Choice", "h", "y"))
                    .addOutput(Protos.untyped("y")),
            function("Choice", condition, branch));
    assertThat(graph.outputs().getFirst().tensorType().shape().sizes()).containsExactly(2, 3);
  }

  @Test
  void anInputThatIsAnOutputIsCopied() {
    var same = function("Same").clearOutput().addOutput("a");
    Graph graph = read(g -> g.addNode(call("Same", "x", "y")).addOutput(Protos.untyped("y")), same);
    assertThat(graph.nodes().getFirst().op()).isEqualTo(new UnaryOp.Identity());
  }

  @Test
  void inputsAndConstantsAreTheFunctions() {
    var constant = Protos.node("Constant", List.of(), List.of("c"), Protos.real("value_float", 2));
    var add = function("AddTwo", constant, Protos.node("Add", List.of("a", "c"), List.of("b")));
    Graph graph =
        read(
            g ->
                g.addNode(call("AddTwo", "x", "h"))
                    .addNode(call("AddTwo", "h", "y"))
                    .addOutput(Protos.untyped("y")),
            add);
    assertThat(graph.nodes().stream().map(Node::op))
        .containsExactly(new BinaryOp.Add(), new BinaryOp.Add());
    assertThat(graph.initializers()).hasSize(2);
  }

  @Test
  void graphsWithinTakeValuesOfTheFunction() {
    GraphProto branch =
        GraphProto.newBuilder()
            .setName("branch")
            .addNode(node("Neg", "m", "r"))
            .addOutput(Protos.untyped("r"))
            .build();
    var condition =
        Protos.node("Constant", List.of(), List.of("t"), Protos.integer("value_int", 1));
    var asBool = Protos.node("Cast", List.of("t"), List.of("c"), Protos.integer("to", 9));
    var choose =
        Protos.node(
            "If",
            List.of("c"),
            List.of("b"),
            Protos.graph("then_branch", branch),
            Protos.graph("else_branch", branch));
    var function = function("Choose", condition, asBool, node("Relu", "a", "m"), choose);
    Graph graph =
        read(
            g ->
                g.addNode(call("Choose", "x", "m"))
                    .addNode(call("Choose", "m", "y"))
                    .addOutput(Protos.untyped("y")),
            function);
    assertThat(graph.nodes()).hasSize(6);
    Graph again = Onnx.read(Onnx.bytes(graph, 17), "again.onnx");
    Graphs.assertSame(again, graph);
  }

  @Test
  void whatCannotBeExpandedIsRefused() {
    NodeProto call = call("F", "x", "y");
    refused(ErrorCode.FORMAT, "calls itself", call, function("F", call("F", "a", "b")));
    refused(
        ErrorCode.FORMAT,
        "calls itself",
        call,
        function("F", call("G", "a", "b")),
        function("G", call("F", "a", "b")));
    refused(
        ErrorCode.FORMAT,
        "there twice",
        call,
        function("F", node("Relu", "a", "b")),
        function("F", node("Neg", "a", "b")));
    refused(
        ErrorCode.GRAPH,
        "has 1 inputs and 1 outputs, the call 2 and 1",
        call.toBuilder().addInput("x").build(),
        function("F", node("Relu", "a", "b")));
  }

  @Test
  void functionsThatGrowBeyondAMillionNodesAreRefusedBeforeTheyDo() {
    FunctionProto.Builder[] doubling = new FunctionProto.Builder[60];
    for (int i = 0; i < doubling.length; i++) {
      String next = "F" + (i + 1);
      doubling[i] =
          i == doubling.length - 1
              ? function("F" + i, node("Relu", "a", "b"))
              : function("F" + i, call(next, "a", "m"), call(next, "m", "b"));
    }
    refused(
        ErrorCode.LIMIT,
        "the graph has more nodes, those of functions and derivatives counted, than",
        call("F0", "x", "y"),
        doubling);
    FunctionProto.Builder[] deep = new FunctionProto.Builder[200];
    for (int i = 0; i < deep.length; i++) {
      deep[i] = function("F" + i, call("F" + (i + 1), "a", "b"));
    }
    refused(ErrorCode.LIMIT, "deeper than 100", call("F0", "x", "y"), deep);
  }
}
