package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** A dim split into several. Source: torch.nn.Unflatten. */
public final class Unflatten implements UnaryModule {
  private final int dim;
  private final long[] unflattenedSize;

  /** The dim, and the sizes that it becomes; one of them may be -1. */
  public Unflatten(int dim, long... unflattenedSize) {
    Arguments.require(
        unflattenedSize.length > 0, "Unflatten", "unflattenedSize", "one size or more", "none");
    this.dim = dim;
    this.unflattenedSize = unflattenedSize.clone();
  }

  /** The output. Errors: SHAPE where the sizes do not fill the dim. */
  @Override
  public Tensor forward(Tensor x) {
    Map<String, String> arguments = Map.of("Axis", "dim", "Unflatten", "unflattenedSize");
    return Operations.inModule(
        this,
        x,
        tensor ->
            Arguments.owned("Unflatten", arguments, () -> tensor.unflatten(dim, unflattenedSize)));
  }

  @Override
  public Structure structure() {
    return Structure.of("Unflatten");
  }

  /** A tuple of one has a comma, as Python writes it. */
  @Override
  public String extraRepr() {
    String sizes =
        Arrays.stream(unflattenedSize).mapToObj(Long::toString).collect(Collectors.joining(", "));
    return "dim="
        + dim
        + ", unflattened_size=("
        + sizes
        + (unflattenedSize.length == 1 ? ",)" : ")");
  }
}
