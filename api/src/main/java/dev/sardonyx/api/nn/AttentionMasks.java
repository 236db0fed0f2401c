package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;
import java.util.Optional;

/** The masks of one call as what is added to the scores [N, heads, L, S]. */
final class AttentionMasks {
  private final String layer;
  private final int numHeads;
  private final AttentionOptions options;
  private final boolean single;

  AttentionMasks(String layer, int numHeads, AttentionOptions options, boolean single) {
    this.layer = layer;
    this.numHeads = numHeads;
    this.options = options;
    this.single = single;
  }

  /** Both masks, with zeros for keys that the layer itself puts behind the others. */
  Optional<Tensor> added(int more) {
    Optional<Tensor> keys = options.keyPaddingMask().map(this::ofKeys).map(m -> wider(m, more));
    Optional<Tensor> pairs = options.attnMask().map(this::ofPairs).map(m -> wider(m, more));
    return keys.isPresent() && pairs.isPresent()
        ? Optional.of(pairs.get().add(keys.get()))
        : keys.or(() -> pairs);
  }

  private Tensor ofKeys(Tensor mask) {
    Arguments.requireShape(
        layer + " (keyPaddingMask)", "KeyPaddingMask", mask, single ? "S" : "N, S");
    Tensor floats = Attention.added(layer, mask, true);
    return single ? floats : floats.unsqueeze(1).unsqueeze(1);
  }

  private Tensor ofPairs(Tensor mask) {
    Tensor floats = Attention.added(layer, mask, true);
    String perHead = "N * " + numHeads + ", L, S";
    Arguments.requireShape(layer + " (attnMask)", "AttnMask", mask, "L, S", perHead);
    return Arguments.hasRank(mask, 3) ? floats.unflatten(0, -1, numHeads) : floats;
  }

  private static Tensor wider(Tensor mask, int more) {
    if (more == 0) {
      return mask;
    }
    int[] pad = {0, more};
    return Functional.pad(mask, pad);
  }
}
