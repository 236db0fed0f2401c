package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.onnx.internal.proto.AttributeProto;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import dev.sardonyx.onnx.internal.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What must be known of the graphs within a node. Nesting is bounded by the parser's limit. */
final class Subgraphs {
  private Subgraphs() {}

  /** The graphs in a node's attributes. */
  static List<GraphProto> of(NodeProto node) {
    List<GraphProto> result = new ArrayList<>();
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        result.add(attribute.getG());
      }
      result.addAll(attribute.getGraphsList());
    }
    return result;
  }

  /** All names of values in a graph and the graphs within it. */
  static Set<String> names(GraphProto graph) {
    Set<String> result = new HashSet<>();
    addNames(graph, result);
    return result;
  }

  private static void addNames(GraphProto graph, Set<String> names) {
    names.addAll(own(graph));
    for (NodeProto node : graph.getNodeList()) {
      names.addAll(node.getInputList());
      of(node).forEach(inner -> addNames(inner, names));
    }
  }

  /** The names of the values that a graph defines. */
  static Set<String> own(GraphProto graph) {
    Set<String> result = new LinkedHashSet<>();
    graph.getInputList().forEach(input -> result.add(input.getName()));
    graph.getInitializerList().forEach(tensor -> result.add(tensor.getName()));
    graph.getSparseInitializerList().forEach(tensor -> result.add(tensor.getValues().getName()));
    graph.getNodeList().forEach(node -> result.addAll(node.getOutputList()));
    return result;
  }

  /** The names that the graphs within a node take from outside, besides the node's inputs. */
  static Set<String> captures(NodeProto node) {
    Set<String> result = new LinkedHashSet<>();
    for (GraphProto graph : of(node)) {
      Set<String> used = new LinkedHashSet<>();
      for (NodeProto inner : graph.getNodeList()) {
        used.addAll(inner.getInputList());
        used.addAll(captures(inner));
        used.addAll(GradientNames.of(inner));
      }
      graph.getOutputList().stream().map(ValueInfoProto::getName).forEach(used::add);
      used.removeAll(own(graph));
      result.addAll(used);
    }
    result.remove("");
    return result;
  }
}
