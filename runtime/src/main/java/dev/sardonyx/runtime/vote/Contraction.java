package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.Einsum;
import dev.sardonyx.api.op.EinsumEquation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sum of products over all axes that the output does not name. Source: ONNX Einsum.
 *
 * @param sizes of the axes, those of the output first
 * @param strides for each operand how far its elements lie apart along each of these axes
 * @param outer how many axes the output has
 */
record Contraction(List<Exact> operands, long[] sizes, List<long[]> strides, int outer) {

  static Exact of(Einsum op, Operands in) {
    List<Exact> operands = in.inputs().stream().map(Optional::orElseThrow).toList();
    List<long[]> of = operands.stream().map(Exact::sizes).toList();
    EinsumEquation.Labels labels =
        EinsumEquation.parse(op.equation()).labels(of.stream().map(one -> one.length).toList());
    Map<Integer, Long> sizes = new LinkedHashMap<>();
    labels.output().forEach(label -> sizes.put(label, 1L));
    for (int i = 0; i < of.size(); i++) {
      for (int axis = 0; axis < of.get(i).length; axis++) {
        sizes.merge(labels.inputs().get(i).get(axis), of.get(i)[axis], Math::max);
      }
    }
    List<Integer> axes = new ArrayList<>(sizes.keySet());
    List<long[]> strides = new ArrayList<>();
    for (int i = 0; i < of.size(); i++) {
      strides.add(strides(axes, labels.inputs().get(i), of.get(i)));
    }
    long[] all = sizes.values().stream().mapToLong(Long::longValue).toArray();
    var sum = new Contraction(operands, all, strides, labels.output().size());
    long work = 20 * sum.terms() * operands.size();
    return in.type().dtype().isFloat()
        ? Exact.real(in.type(), work, sum::real)
        : Exact.whole(in.type(), work, sum::whole);
  }

  /** An axis that an operand names twice is its diagonal; dims of 1 are stretched. */
  private static long[] strides(List<Integer> axes, List<Integer> labels, long[] sizes) {
    long[] result = new long[axes.size()];
    long stride = 1;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      result[axes.indexOf(labels.get(axis))] += sizes[axis] == 1 ? 0 : stride;
      stride *= sizes[axis];
    }
    return result;
  }

  private long terms() {
    return Places.count(sizes, outer, sizes.length);
  }

  /** Where an operand's factor of a term of an element lies. */
  private long source(int operand, long index, long term) {
    long[] stride = strides.get(operand);
    long result = 0;
    long rest = index * terms() + term;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      result += rest % sizes[axis] * stride[axis];
      rest /= sizes[axis];
    }
    return result;
  }

  private double real(long index) {
    double sum = 0;
    long terms = terms();
    for (long term = 0; term < terms; term++) {
      double product = 1;
      for (int i = 0; i < operands.size(); i++) {
        product *= operands.get(i).at(source(i, index, term));
      }
      sum += product;
    }
    return sum;
  }

  private long whole(long index) {
    long sum = 0;
    long terms = terms();
    for (long term = 0; term < terms; term++) {
      long product = 1;
      for (int i = 0; i < operands.size(); i++) {
        product *= operands.get(i).wholeAt(source(i, index, term));
      }
      sum += product;
    }
    return sum;
  }
}
