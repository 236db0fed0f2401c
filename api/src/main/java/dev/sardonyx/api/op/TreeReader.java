package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.DecisionTrees.Mode;
import dev.sardonyx.api.op.DecisionTrees.Node;
import dev.sardonyx.api.op.DecisionTrees.Vote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads trees from the parallel lists that files have. Errors: FORMAT for lists that don't fit. */
final class TreeReader {
  private static final double[] NONE = {};

  private final Attributes attributes;
  private final List<Node> nodes = new ArrayList<>();

  private TreeReader(Attributes attributes) {
    this.attributes = attributes;
  }

  /** Trees whose nodes have ids within their tree; leaves are nodes. */
  static DecisionTrees nodes(Attributes attributes, String votes) {
    return new TreeReader(attributes).nodes(votes);
  }

  /** Trees whose leaves have lists of their own. */
  static DecisionTrees leaves(Attributes attributes) {
    return new TreeReader(attributes).leaves();
  }

  private record Id(long tree, long node) {}

  private DecisionTrees nodes(String votes) {
    List<Long> ids = attributes.longs("nodes_nodeids");
    List<Long> trees = longs("nodes_treeids", ids.size());
    Map<Id, Integer> places = new HashMap<>();
    List<Integer> roots = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < ids.size(); i++) {
      if (places.put(new Id(trees.get(i), ids.get(i)), i) != null) {
        throw broken("node %d of tree %d is there twice".formatted(ids.get(i), trees.get(i)));
      }
      if (seen.add(trees.get(i))) {
        roots.add(i);
      }
    }
    List<List<Vote>> votesOf = votes(votes, places, ids.size());
    List<Long> whenTrue = longs("nodes_truenodeids", ids.size());
    List<Long> whenFalse = longs("nodes_falsenodeids", ids.size());
    List<Long> features = longs("nodes_featureids", ids.size());
    List<Long> missing = missing(ids.size());
    double[] thresholds = numbers("nodes_values", ids.size());
    List<String> modes = attributes.strings("nodes_modes");
    requireSize("nodes_modes", modes.size(), ids.size());
    for (int i = 0; i < ids.size(); i++) {
      Mode mode = mode(modes.get(i));
      boolean leaf = mode == Mode.LEAF;
      nodes.add(
          new Node(
              mode,
              leaf ? 0 : feature(features.get(i)),
              thresholds[i],
              NONE,
              missing.get(i) != 0,
              leaf ? 0 : place(places, new Id(trees.get(i), whenTrue.get(i))),
              leaf ? 0 : place(places, new Id(trees.get(i), whenFalse.get(i))),
              votesOf.get(i)));
    }
    return new DecisionTrees(nodes, roots, attributes);
  }

  private List<List<Vote>> votes(String votes, Map<Id, Integer> places, int count) {
    List<Long> targets = attributes.longs(votes + "_ids");
    List<Long> nodeIds = longs(votes + "_nodeids", targets.size());
    List<Long> treeIds = longs(votes + "_treeids", targets.size());
    double[] weights = numbers(votes + "_weights", targets.size());
    List<List<Vote>> result = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      result.add(new ArrayList<>());
    }
    for (int i = 0; i < targets.size(); i++) {
      int place = place(places, new Id(treeIds.get(i), nodeIds.get(i)));
      result.get(place).add(new Vote(target(targets.get(i)), weights[i]));
    }
    return result;
  }

  private DecisionTrees leaves() {
    List<Long> targets = attributes.longs("leaf_targetids");
    double[] weights = numbers("leaf_weights", targets.size());
    List<Long> features = attributes.longs("nodes_featureids");
    int count = features.size();
    double[] modes = numbers("nodes_modes", count);
    double[] splits = numbers("nodes_splits", count);
    double[][] members = members(modes);
    List<Long> missing = missing(count);
    for (int i = 0; i < count; i++) {
      nodes.add(
          new Node(
              mode(modes[i]),
              feature(features.get(i)),
              splits[i],
              members[i],
              missing.get(i) != 0,
              child("true", i, count, targets.size()),
              child("false", i, count, targets.size()),
              List.of()));
    }
    for (int i = 0; i < targets.size(); i++) {
      List<Vote> votes = List.of(new Vote(target(targets.get(i)), weights[i]));
      nodes.add(new Node(Mode.LEAF, 0, 0, NONE, false, 0, 0, votes));
    }
    List<Integer> roots = new ArrayList<>();
    for (long root : attributes.longs("tree_roots")) {
      roots.add(within(root, count, "a root"));
    }
    return new DecisionTrees(nodes, roots, attributes);
  }

  /** Leaves stand behind all other nodes. */
  private int child(String branch, int index, int count, int leaves) {
    long id = longs("nodes_" + branch + "nodeids", count).get(index);
    return longs("nodes_" + branch + "leafs", count).get(index) != 0
        ? count + within(id, leaves, "a leaf")
        : within(id, count, "a node");
  }

  /** The sets of the nodes that have one, which stand in a row, each ended by NaN. */
  private double[][] members(double[] modes) {
    double[] all = NONE;
    if (attributes.byName().containsKey("membership_values")) {
      all = numbers("membership_values", -1);
    }
    double[][] result = new double[modes.length][];
    int at = 0;
    for (int i = 0; i < modes.length; i++) {
      result[i] = NONE;
      if (mode(modes[i]) == Mode.BRANCH_MEMBER) {
        int end = at;
        while (end < all.length && !Double.isNaN(all[end])) {
          end++;
        }
        if (end == at) {
          throw broken("membership_values has no set for node " + i);
        }
        result[i] = Arrays.copyOfRange(all, at, end);
        at = end + 1;
      }
    }
    return result;
  }

  private static Mode mode(String text) {
    return Arrays.stream(Mode.values())
        .filter(mode -> mode.name().equals(text) && mode != Mode.BRANCH_MEMBER)
        .findFirst()
        .orElseThrow(() -> broken("nodes_modes cannot be '" + text + "'"));
  }

  private static Mode mode(double code) {
    if (!(code >= 0 && code < Mode.LEAF.ordinal())) {
      throw broken("nodes_modes must be 0 to 6, found " + code);
    }
    return Mode.values()[(int) code];
  }

  private static int place(Map<Id, Integer> places, Id id) {
    Integer place = places.get(id);
    if (place == null) {
      throw broken("tree %d has no node %d".formatted(id.tree(), id.node()));
    }
    return place;
  }

  private static int feature(long feature) {
    return within(feature, Integer.MAX_VALUE - 1, "a feature");
  }

  private static int target(long target) {
    return within(target, Integer.MAX_VALUE, "a target");
  }

  private static int within(long index, int count, String what) {
    if (index < 0 || index >= count) {
      throw broken("%s must be within [0, %d), found %d".formatted(what, count, index));
    }
    return (int) index;
  }

  private List<Long> missing(int count) {
    List<Long> given = attributes.longs("nodes_missing_value_tracks_true");
    if (given.isEmpty()) {
      return Collections.nCopies(count, 0L);
    }
    requireSize("nodes_missing_value_tracks_true", given.size(), count);
    return given;
  }

  private List<Long> longs(String name, int count) {
    List<Long> values = attributes.longs(name);
    requireSize(name, values.size(), count);
    return values;
  }

  /** Numbers as a list of floats, or as a tensor of this name or with its ending. */
  private double[] numbers(String name, int count) {
    double[] values = numbers(attributes, name);
    if (count >= 0) {
      requireSize(name, values.length, count);
    }
    return values;
  }

  /** The same without a size; none where there is no such attribute. */
  static double[] numbers(Attributes attributes, String name) {
    Map<String, Attribute> given = attributes.byName();
    Attribute tensor = given.getOrDefault(name, given.get(name + "_as_tensor"));
    if (tensor instanceof Attribute.TensorValue value) {
      return value.numbers();
    }
    return attributes.floats(name).stream().mapToDouble(Float::doubleValue).toArray();
  }

  private static void requireSize(String name, int found, int expected) {
    if (found != expected) {
      throw broken("%s must have %d elements, found %d".formatted(name, expected, found));
    }
  }

  private static SardonyxException broken(String law) {
    return new SardonyxException(ErrorCode.FORMAT, "tree ensemble: " + law);
  }
}
