package dev.sardonyx.runtime.report;

import dev.sardonyx.api.error.SourceLocation;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.VariadicOp;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.Tolerance;
import dev.sardonyx.runtime.diagnose.Diagnosis;
import dev.sardonyx.runtime.diagnose.Element;
import dev.sardonyx.runtime.diagnose.Evidence;
import dev.sardonyx.runtime.diagnose.Histogram;
import dev.sardonyx.runtime.diagnose.NodeFinding;
import dev.sardonyx.runtime.diagnose.Numbers;
import dev.sardonyx.runtime.diagnose.OutputFinding;
import dev.sardonyx.runtime.diagnose.Suspect;
import dev.sardonyx.runtime.profile.NodeTimes;
import dev.sardonyx.runtime.vote.Blame;
import dev.sardonyx.runtime.vote.Vote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;

/** Reports of graphs of any size, with one fault, made by hand. */
final class Pages {
  private static final TensorType TYPE = TensorType.of(DType.FLOAT32, "2", "64");
  private static final int BLOCK = 8;

  private Pages() {}

  /** Blocks of two branches and a way around them; names of nodes are what the function says. */
  static Graph graph(int nodes, IntFunction<String> names) {
    List<Node> made = new ArrayList<>();
    Value input = new Value("x", TYPE);
    Value start = input;
    Value last = input;
    while (made.size() < nodes) {
      int place = made.size() % BLOCK;
      if (place == 0) {
        start = last;
      }
      Op op =
          switch (place) {
            case 3 -> new BinaryOp.Mul();
            case 6 -> new BinaryOp.Add();
            case 7 -> new VariadicOp.Max();
            case 1, 4 -> new UnaryOp.Sigmoid();
            default -> new UnaryOp.Relu();
          };
      int at = made.size();
      List<Value> inputs =
          switch (place) {
            case 1 -> List.of(start);
            case 2 -> List.of(made.get(at - 2).output());
            case 3 -> List.of(made.get(at - 1).output(), made.get(at - 2).output());
            case 6 -> List.of(last, start);
            default -> List.of(last);
          };
      String name = names.apply(at);
      last = new Value(name + "_out", TYPE);
      var origin =
          new Origin(
              "stage%d.block%d".formatted(at / 64, at / BLOCK % 8),
              Optional.of(new SourceLocation("Net.java", 10 + place)));
      made.add(new Node(name, op, inputs, List.of(last), origin));
    }
    return new Graph("Net", List.of(input), List.of(last), made, Map.of(), Map.of());
  }

  /** A check of a graph, one node of which is wrong. */
  static ReportData failing(Graph graph, int fault) {
    List<NodeFinding> findings = new ArrayList<>();
    Map<String, Double> mine = new LinkedHashMap<>();
    Map<String, Double> theirs = new LinkedHashMap<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      double own = i == fault ? 3e-2 : i % 3 == 0 ? 0 : 1e-7 * (1 + i % 7);
      double all = i >= fault ? 3e-2 / (1 + (i - fault) / 400.0) : 2e-7 * Math.sqrt(i + 1.0);
      mine.put(node.name(), 0.05 + 0.03 * (i % 11));
      theirs.put(node.name(), 0.04 + 0.05 * (i % 5));
      findings.add(
          i == 5
              ? new NodeFinding(node, node.inputs(), List.of(), Optional.of("it draws lots"))
              : new NodeFinding(
                  node, node.inputs(), List.of(finding(node, all, own)), Optional.empty()));
    }
    NodeFinding found = findings.get(fault);
    var suspect =
        new Suspect(
            Suspect.Charge.FAULT,
            found,
            found.outputs().getFirst(),
            List.of(
                new Element(List.of(1L, 17L), 0.53125f, 0.5f, OptionalDouble.of(0.50000000123)),
                new Element(List.of(0L, 3L), Double.NaN, -1.25f, OptionalDouble.of(-1.25))),
            Histogram.of(4096, i -> Math.sin(i * 0.7) * Math.sin(i * 1.3) * 3e-2),
            Histogram.within(-3, 3, 4096, i -> 1.1 * Math.sin(i * 0.3) + Math.cos(i * 0.11)),
            Histogram.within(-3, 3, 4096, i -> Math.sin(i * 0.3) + Math.cos(i * 0.11)),
            new Vote(
                Blame.ENGINE,
                found.node().op().name() + " by its definition",
                3.1e-2,
                6.2e-8,
                "native lies 3.1e-02 from the node in float64, ort 6.2e-08"),
            new Evidence(found.node(), Map.of(), Map.of(), Map.of(), Map.of()));
    var diagnosis =
        new Diagnosis(graph, "native", "ort", findings, Optional.of(suspect), List.of("a note"));
    var row = new CheckReport.Row("out", "native", "ort", comparison("out", 1.2e-2));
    return new ReportData(
        "net",
        graph,
        Map.of("engine native", "vector kernels", "engine ort", "ONNX Runtime 1.29.0"),
        Optional.of(
            new CheckReport(
                "Net", Map.of("native", 1.5), List.of(row), Optional.of(diagnosis), List.of())),
        List.of(new NodeTimes("native", mine), new NodeTimes("ort", theirs)));
  }

  private static OutputFinding finding(Node node, double all, double own) {
    Numbers numbers = Numbers.of(Tensor.of(new float[] {1, -2, 3}, 3));
    String name = node.output().name();
    return new OutputFinding(
        node.output(), comparison(name, all), comparison(name, own), numbers, numbers);
  }

  private static Comparison comparison(String name, double error) {
    return Comparison.of(
        name,
        Tensor.of(new double[] {1 + error, -1}, 2),
        Tensor.of(new double[] {1, -1}, 2),
        dtype -> new Tolerance(1e-3, 1e-3, true));
  }
}
