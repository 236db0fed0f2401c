package dev.sardonyx.api.op;

import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A tensor cut along an axis into parts: of the sizes that input 1 gives, or, without it,
 * numOutputs of one size, of which the last may be smaller. Source: ONNX Split.
 *
 * @param numOutputs 0 where input 1 gives the sizes
 */
public record Split(int axis, int numOutputs) implements LayoutOp {
  private static final int MOST_OUTPUTS = 1 << 16;

  @Override
  public String name() {
    return "Split";
  }

  @Override
  public int sinceOpset() {
    return numOutputs == 0 ? 13 : 18;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none()
        .with("axis", Attribute.of(axis), Attribute.of(0))
        .with("num_outputs", Attribute.of(numOutputs), Attribute.of(0));
  }

  static Split read(Attributes attributes) {
    attributes.only("axis", "num_outputs");
    return new Split(attributes.int32("axis", 0), attributes.int32("num_outputs", 0));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType x = in.requireCount(1, 2).atLeastRank(0, "input", 1);
    boolean sizesGiven = in.has(1);
    if (sizesGiven == (numOutputs != 0) || numOutputs < 0 || numOutputs > MOST_OUTPUTS) {
      throw in.argumentError(
          "either sizes or a num_outputs of 1 or more must be given, found num_outputs = "
              + numOutputs
              + (sizesGiven ? " and sizes" : " and no sizes"));
    }
    List<Dim> parts = sizesGiven ? given(in) : equal(in, x.shape());
    List<ValueType> result = new ArrayList<>();
    Dim sum = Dim.of(0);
    for (Dim part : parts) {
      result.add(
          x.withShape(
              x.shape().isKnown()
                  ? x.shape().with(in.axis(x.shape(), axis), part)
                  : Shape.unknown()));
      sum = sum.plus(part);
    }
    if (x.shape().isKnown()) {
      in.requireEqual(
          "Split", sum, x.dim(in.axis(x.shape(), axis)), "sizes " + parts + " must fill the axis");
    }
    return List.copyOf(result);
  }

  private static List<Dim> given(Inputs in) {
    TensorType sizes = in.ranked(1, "split", 1);
    if (in.contents(1).isPresent()) {
      for (Dim size : in.contents(1).get()) {
        if (size instanceof Dim.Fixed(long value) && value < 0) {
          throw in.shapeError("sizes must be 0 or more, found " + in.contents(1).get());
        }
      }
      return in.contents(1).get();
    }
    if (!sizes.shape().isFixed()) { // as many as a node may have
      return Collections.nCopies(MOST_OUTPUTS, new Dim.Unknown());
    }
    if (sizes.dim(0).fixed() > MOST_OUTPUTS) {
      throw in.shapeError(
          "the number of sizes must be " + MOST_OUTPUTS + " at most, found " + sizes);
    }
    return Collections.nCopies((int) sizes.dim(0).fixed(), new Dim.Unknown());
  }

  private List<Dim> equal(Inputs in, Shape x) {
    if (!x.isKnown()) {
      return Collections.nCopies(numOutputs, new Dim.Unknown());
    }
    Dim whole = x.dim(in.axis(x, axis));
    Dim part = whole.ceilDiv(numOutputs);
    List<Dim> parts = new ArrayList<>(Collections.nCopies(numOutputs - 1, part));
    Dim last = whole.plus(part.times(Dim.of(1L - numOutputs)));
    if (last instanceof Dim.Fixed(long rest) && rest < 0) { // an error only where it is run
      return Collections.nCopies(numOutputs, new Dim.Unknown());
    }
    parts.add(last);
    return parts;
  }
}
