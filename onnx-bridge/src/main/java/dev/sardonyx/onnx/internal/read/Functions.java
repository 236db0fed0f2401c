package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.onnx.internal.proto.FunctionProto;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.ModelProto;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The functions of a model's own, by domain, name and overload. Each call is replaced by the nodes
 * of the function, so that what a few functions grow to is counted before.
 */
final class Functions {
  private static final int MOST_FUNCTIONS = 10_000;
  private static final int DEEPEST = 100;

  private record Key(String domain, String name, String overload) {
    static Key of(NodeProto node) {
      return new Key(OpsetImports.domain(node.getDomain()), node.getOpType(), node.getOverload());
    }

    @Override
    public String toString() {
      return (domain.isEmpty() ? "" : domain + ".")
          + name
          + (overload.isEmpty() ? "" : ":" + overload);
    }
  }

  private final Map<Key, FunctionProto> byKey = new HashMap<>();
  private final Map<Key, Long> sizes = new HashMap<>();
  private final Set<Key> open = new LinkedHashSet<>();

  private Functions() {}

  /**
   * The functions of a model. Errors: FORMAT for one that is there twice or calls itself, LIMIT for
   * more than 10,000, calls deeper than 100 or a model of more nodes than a million or than the
   * heap has room for.
   */
  static Functions of(ModelProto model, NodeLimit limit) {
    var result = new Functions();
    if (model.getFunctionsCount() > MOST_FUNCTIONS) {
      throw new SardonyxException(
          ErrorCode.LIMIT,
          "the model has " + model.getFunctionsCount() + " functions, more than " + MOST_FUNCTIONS);
    }
    for (FunctionProto function : model.getFunctionsList()) {
      var key =
          new Key(
              OpsetImports.domain(function.getDomain()),
              function.getName(),
              function.getOverload());
      if (result.byKey.put(key, function) != null) {
        throw new SardonyxException(ErrorCode.FORMAT, "function " + key + " is there twice");
      }
    }
    limit.add(result.size(model.getGraph().getNodeList()));
    return result;
  }

  /** The function that a node calls; empty for an operator. */
  Optional<FunctionProto> called(NodeProto node) {
    return Optional.ofNullable(byKey.get(Key.of(node)));
  }

  /** Nodes with those of called functions; beyond the limit any number beyond it. */
  private long size(List<NodeProto> nodes) {
    long result = 0;
    for (NodeProto node : nodes) {
      var key = Key.of(node);
      long own = FlexAttention.isCalled(node) ? FlexAttention.NODES : 1;
      result += byKey.containsKey(key) ? size(key) : own;
      for (GraphProto graph : Subgraphs.of(node)) {
        result += size(graph.getNodeList());
      }
      result = Math.min(result, NodeLimit.MOST + 1);
    }
    return result;
  }

  private long size(Key key) {
    Long known = sizes.get(key);
    if (known != null) {
      return known;
    }
    if (!open.add(key)) {
      throw new SardonyxException(ErrorCode.FORMAT, "function " + key + " calls itself");
    }
    if (open.size() > DEEPEST) {
      throw new SardonyxException(
          ErrorCode.LIMIT, "functions call functions deeper than " + DEEPEST);
    }
    FunctionProto function = byKey.get(key);
    long result = function == null ? 0 : 1 + size(function.getNodeList());
    open.remove(key);
    sizes.put(key, result);
    return result;
  }
}
