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
    graph.getInputList().forEach(input -> names.add(input.getName()));
    graph.getInitializerList().forEach(tensor -> names.add(tensor.getName()));
    graph.getSparseInitializerList().forEach(tensor -> names.add(tensor.getValues().getName()));
    for (NodeProto node : graph.getNodeList()) {
      names.addAll(node.getInputList());
      names.addAll(node.getOutputList());
      of(node).forEach(inner -> addNames(inner, names));
    }
  }

  /** The names that the graphs within a node take from outside, besides the node's inputs. */
  static Set<String> captures(NodeProto node) {
    Set<String> result = new LinkedHashSet<>();
    for (GraphProto graph : of(node)) {
      Set<String> used = new LinkedHashSet<>();
      Set<String> own = new HashSet<>();
      graph.getInputList().forEach(input -> own.add(input.getName()));
      graph.getInitializerList().forEach(tensor -> own.add(tensor.getName()));
      graph.getSparseInitializerList().forEach(tensor -> own.add(tensor.getValues().getName()));
      for (NodeProto inner : graph.getNodeList()) {
        used.addAll(inner.getInputList());
        used.addAll(captures(inner));
        own.addAll(inner.getOutputList());
      }
      graph.getOutputList().stream().map(ValueInfoProto::getName).forEach(used::add);
      used.removeAll(own);
      result.addAll(used);
    }
    result.remove("");
    return result;
  }
}
