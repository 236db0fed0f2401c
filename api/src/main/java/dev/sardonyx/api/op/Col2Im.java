package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Blocks of an image added up at their places. Inputs: (N, C * elements of a block, blocks),
 * image_shape and block_shape, which have the spatial axes. Output: (N, C, image_shape...). Source:
 * ONNX Col2Im, torch fold.
 *
 * @param dilations one for each spatial axis, as strides; all 1 when empty
 * @param pads all begins, then all ends; 0 when empty
 */
public record Col2Im(List<Integer> dilations, List<Integer> pads, List<Integer> strides)
    implements SamplingOp {
  public Col2Im {
    dilations = List.copyOf(dilations);
    pads = List.copyOf(pads);
    strides = List.copyOf(strides);
    Window.requireAtLeast("dilations", dilations, 1);
    Window.requireAtLeast("pads", pads, 0);
    Window.requireAtLeast("strides", strides, 1);
  }

  @Override
  public String name() {
    return "Col2Im";
  }

  @Override
  public int sinceOpset() {
    return 18;
  }

  @Override
  public Attributes attributes() {
    Attribute none = Attribute.ofInts(List.of());
    return Attributes.none()
        .with("dilations", Attribute.ofInts(dilations), none)
        .with("pads", Attribute.ofInts(pads), none)
        .with("strides", Attribute.ofInts(strides), none);
  }

  static Col2Im read(Attributes attributes) {
    attributes.only("dilations", "pads", "strides");
    return new Col2Im(
        attributes.ints("dilations").orElse(List.of()),
        attributes.ints("pads").orElse(List.of()),
        attributes.ints("strides").orElse(List.of()));
  }

  /** How a block lies on the image: without the blocks' own shape, as a window of so many axes. */
  public Window window(List<Integer> block) {
    List<Integer> ones = Collections.nCopies(block.size(), 1);
    return new Window(
        block,
        strides.isEmpty() ? ones : strides,
        dilations.isEmpty() ? ones : dilations,
        pads.isEmpty() ? Collections.nCopies(2 * block.size(), 0) : pads,
        AutoPad.NOTSET,
        false);
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType x = in.requireCount(3, 3).ranked(0, "input", 3);
    for (int i = 1; i < 3; i++) {
      in.requireDType(i, "a shape", Set.of(DType.INT64));
      in.ranked(i, "a shape", 1);
    }
    boolean known = x.shape().isKnown() && in.contents(1).isPresent();
    if (!known) {
      return List.of(x.withShape(Shape.unknown()));
    }
    List<Dim> dims = new ArrayList<>();
    dims.add(x.dim(0));
    dims.add(new Dim.Unknown());
    dims.addAll(in.contents(1).get());
    if (in.numbers(2).isPresent()) {
      dims.set(1, channels(in, x, dims.subList(2, dims.size())));
    }
    return List.of(x.withShape(Shape.of(dims)));
  }

  private Dim channels(Inputs in, TensorType x, List<Dim> image) {
    List<Long> block = in.numbers(2).orElseThrow();
    if (block.isEmpty() || block.stream().anyMatch(size -> size < 1 || size > Integer.MAX_VALUE)) {
      throw in.argumentError("block_shape must have sizes of 1 or more, found " + block);
    }
    Window window = window(block.stream().map(Long::intValue).toList());
    Dim blocks = window.output(in, image).stream().reduce(Dim.of(1), Dim::times);
    in.requireEqual(x.dim(2), blocks, "input must have all blocks of the image");
    Dim elements = block.stream().map(Dim::of).reduce(Dim.of(1), Dim::times);
    if (x.dim(1).isFixed() && x.dim(1).fixed() % elements.fixed() != 0) {
      throw in.shapeError("input must have whole blocks (" + x.dim(1) + " vs " + elements + ")");
    }
    return x.dim(1).exactQuotient(elements);
  }
}
