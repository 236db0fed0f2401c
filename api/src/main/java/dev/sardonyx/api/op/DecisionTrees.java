package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Trees whose nodes compare one feature each and whose leaves vote, in flat arrays: checked to be
 * acyclic, so that a walk ends after as many steps as there are nodes.
 */
public final class DecisionTrees {
  /** How a node compares its feature with its threshold. */
  public enum Mode {
    /** At most. */
    BRANCH_LEQ,
    /** Less. */
    BRANCH_LT,
    /** At least. */
    BRANCH_GTE,
    /** Greater. */
    BRANCH_GT,
    /** Equal. */
    BRANCH_EQ,
    /** Not equal. */
    BRANCH_NEQ,
    /** One of a set. */
    BRANCH_MEMBER,
    /** Not at all: it votes. */
    LEAF
  }

  /** A node: where it leads, or how it votes. */
  public record Node(
      Mode mode,
      int feature,
      double threshold,
      double[] members,
      boolean missingIsTrue,
      int whenTrue,
      int whenFalse,
      List<Vote> votes) {

    /** Whether a feature's value leads to the first child. */
    public boolean test(double x) {
      boolean holds =
          switch (mode) {
            case BRANCH_LEQ -> x <= threshold;
            case BRANCH_LT -> x < threshold;
            case BRANCH_GTE -> x >= threshold;
            case BRANCH_GT -> x > threshold;
            case BRANCH_EQ -> x == threshold;
            case BRANCH_NEQ -> x != threshold;
            case BRANCH_MEMBER -> isMember(x);
            case LEAF -> false;
          };
      return holds || missingIsTrue && Double.isNaN(x);
    }

    private boolean isMember(double x) {
      for (double member : members) {
        if (member == x) {
          return true;
        }
      }
      return false;
    }
  }

  /** What a leaf adds to a target. */
  public record Vote(int target, double weight) {}

  private final List<Node> nodes;
  private final List<Integer> roots;
  private final Attributes source;

  /** Errors: FORMAT for children that are not there, for cycles. */
  DecisionTrees(List<Node> nodes, List<Integer> roots, Attributes source) {
    this.nodes = List.copyOf(nodes);
    this.roots = List.copyOf(roots);
    this.source = source;
    roots.forEach(this::requireNode);
    requireAcyclic();
  }

  /** All nodes. */
  public List<Node> nodes() {
    return nodes;
  }

  /** The first node of each tree. */
  public List<Integer> roots() {
    return roots;
  }

  /** The leaf that a row of features comes to. */
  public Node leaf(int root, double[] features) {
    Node node = nodes.get(root);
    while (node.mode() != Mode.LEAF) {
      node = nodes.get(node.test(features[node.feature()]) ? node.whenTrue() : node.whenFalse());
    }
    return node;
  }

  /** How many features a row must have. */
  public int features() {
    return nodes.stream()
        .filter(node -> node.mode() != Mode.LEAF)
        .mapToInt(node -> node.feature() + 1)
        .max()
        .orElse(0);
  }

  private int requireNode(int index) {
    if (index < 0 || index >= nodes.size()) {
      throw new SardonyxException(
          ErrorCode.FORMAT, "a tree leads to node " + index + " of " + nodes.size());
    }
    return index;
  }

  /** Takes away nodes that nothing leads to until none is left. */
  private void requireAcyclic() {
    int[] parents = new int[nodes.size()];
    for (Node node : nodes) {
      if (node.mode() != Mode.LEAF) {
        parents[requireNode(node.whenTrue())]++;
        parents[requireNode(node.whenFalse())]++;
      }
    }
    var free = new ArrayDeque<Integer>();
    for (int i = 0; i < parents.length; i++) {
      if (parents[i] == 0) {
        free.add(i);
      }
    }
    int taken = 0;
    while (!free.isEmpty()) {
      Node node = nodes.get(free.remove());
      taken++;
      if (node.mode() != Mode.LEAF) {
        for (int child : new int[] {node.whenTrue(), node.whenFalse()}) {
          if (--parents[child] == 0) {
            free.add(child);
          }
        }
      }
    }
    if (taken < nodes.size()) {
      throw new SardonyxException(ErrorCode.FORMAT, "the nodes of a tree form a cycle");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DecisionTrees trees && source.equals(trees.source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  @Override
  public String toString() {
    return roots.size() + " trees";
  }
}
