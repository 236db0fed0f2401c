package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Elements put around the last dims of [N, C, ...] or [C, ...]; negative numbers take some away.
 * Source: torch.nn.modules.padding.
 */
abstract sealed class PadLayer implements UnaryModule
    permits ConstantPad, ReflectionPad, ReplicationPad, ZeroPad2d {
  private final String name;
  private final int dims;
  private final int[] padding;
  private final PadMode mode;
  private final double value;

  /** One number for all sides, or two for each of the padded dims, the last dim first. */
  PadLayer(String name, int dims, PadMode mode, double value, int... padding) {
    Arguments.require(
        padding.length == 1 || padding.length == 2 * dims,
        name,
        "padding",
        "1 or " + 2 * dims + " numbers",
        Arrays.toString(padding));
    this.name = name;
    this.dims = dims;
    this.mode = mode;
    this.value = value;
    this.padding = padding.length == 1 ? new int[2 * dims] : padding.clone();
    if (padding.length == 1) {
      Arrays.fill(this.padding, padding[0]);
    }
  }

  /** The padded tensor. Errors: SHAPE for another rank, or where the padding exceeds the input. */
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(this, x, this::padded);
  }

  private Tensor padded(Tensor x) {
    String spatial = String.join(", ", Collections.nCopies(dims, "L"));
    Arguments.requireShape(name, "Padding", x, "N, C, " + spatial, "C, " + spatial);
    return Arguments.owned(
        name, Map.of("Pad", "padding"), () -> Pads.pad(name, x, padding, mode, value));
  }

  @Override
  public Structure structure() {
    return Structure.of(name);
  }

  @Override
  public String extraRepr() {
    return Arrays.stream(padding)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
