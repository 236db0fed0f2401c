package dev.sardonyx.onnx.internal.upgrade;

import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** What to cut, repeat, reduce or reshape by, which stood in attributes before it was an input. */
final class AxesForms {
  private AxesForms() {}

  /** Squeeze, Unsqueeze, ReduceSum and, from opset 18 on, the other reductions. */
  static void axes(Draft node, int version) {
    if (node.olderThan(version)) {
      node.toInput("axes", 1);
    }
  }

  static void slice(Draft node) {
    if (node.olderThan(10)) {
      node.toInput("starts", 1);
      node.toInput("ends", 2);
      node.toInput("axes", 3);
    }
  }

  /** Before opset 18 the number of equal parts was that of the outputs; opset 1 had float sizes. */
  static void split(Draft node) {
    if (!node.olderThan(18)) {
      return;
    }
    if (node.olderThan(13)) {
      node.toInput("split", 1);
    }
    if (!node.hasInput(1)) {
      node.set("num_outputs", Attribute.of(node.outputs()));
    } else if (node.olderThan(2) && node.dtype(1).filter(type -> type == DType.INT64).isEmpty()) {
      node.input(1, node.before("Cast", castTo(DType.INT64), node.input(1)));
    }
  }

  static void reshape(Draft node) {
    if (node.olderThan(5)) {
      node.toInput("shape", 1);
    }
  }

  static void concat(Draft node) {
    if (node.olderThan(4) && !node.has("axis")) {
      node.set("axis", Attribute.of(1));
    }
  }

  /** Opset 1 repeated along one axis, both given as tensors of one element. */
  static void tile(Draft node) {
    if (!node.olderThan(6)) {
      return;
    }
    Optional<Integer> rank = node.rank(0);
    if (rank.isEmpty()) {
      node.refuse();
      return;
    }
    List<Long> places = LongStream.range(0, rank.get()).boxed().toList();
    String axis = node.before("Cast", castTo(DType.INT64), node.input(2));
    String tiles = node.before("Cast", castTo(DType.INT64), node.input(1));
    String here = node.before("Equal", Attributes.none(), node.vector("axes", places), axis);
    String once = node.constant("once", Tensor.scalar(1L).dense());
    String repeats = node.before("Where", Attributes.none(), here, tiles, once);
    node.inputs(node.input(0), repeats);
  }

  static void topK(Draft node) {
    if (node.olderThan(10)) {
      node.input(1, node.vector("k", List.of(node.attributes().integer("k", 0))));
      node.drop("k");
    }
  }

  /** Before opset 20 the axis was an attribute with another default. */
  static void dft(Draft node) {
    if (node.olderThan(20)) {
      long axis = node.attributes().integer("axis", 1);
      node.input(2, node.constant("axis", Tensor.scalar(axis).dense()));
      node.drop("axis");
    }
  }

  static Attributes castTo(DType dtype) {
    return Attributes.none().with("to", Attribute.of(dtype.onnxCode()));
  }
}
