package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encoder layers one after the other, copies of one that start with its weights, and a norm at the
 * end if one is given. Shapes as {@link TransformerEncoderLayer} has them. Source:
 * torch.nn.TransformerEncoder.
 */
public final class TransformerEncoder implements UnaryModule {
  private static final String NAME = "TransformerEncoder";

  private final ModuleList<TransformerEncoderLayer> layers = new ModuleList<>();
  private final @Nullable UnaryModule norm;

  /** Copies of a layer, which stays outside. Errors: ARGUMENT below 1. */
  public TransformerEncoder(TransformerEncoderLayer encoderLayer, int numLayers) {
    this(encoderLayer, numLayers, null);
  }

  /** The same with a norm after the last. */
  public TransformerEncoder(
      TransformerEncoderLayer encoderLayer, int numLayers, @Nullable UnaryModule norm) {
    Arguments.requireAtLeast(NAME, "numLayers", numLayers, 1);
    for (int i = 0; i < numLayers; i++) {
      layers.append(encoderLayer.copy());
    }
    this.norm = norm;
  }

  /** Without masks. Errors: SHAPE. */
  @Override
  public Tensor forward(Tensor src) {
    return forward(src, null, null);
  }

  /** With masks as {@link AttentionOptions} has them, null for none. Errors: SHAPE, DTYPE. */
  public Tensor forward(Tensor src, @Nullable Tensor mask, @Nullable Tensor srcKeyPaddingMask) {
    List<Tensor> inputs = new ArrayList<>(List.of(src));
    if (mask != null) {
      inputs.add(mask);
    }
    if (srcKeyPaddingMask != null) {
      inputs.add(srcKeyPaddingMask);
    }
    return Operations.inModule(this, inputs, () -> List.of(encoded(src, mask, srcKeyPaddingMask)))
        .getFirst();
  }

  private Tensor encoded(Tensor src, @Nullable Tensor mask, @Nullable Tensor padding) {
    Tensor x = src;
    for (TransformerEncoderLayer layer : layers) {
      x = layer.forward(x, mask, padding);
    }
    return norm == null ? x : norm.forward(x);
  }

  @Override
  public Structure structure() {
    return Structure.of(NAME).add("layers", layers).add("norm", norm);
  }
}
