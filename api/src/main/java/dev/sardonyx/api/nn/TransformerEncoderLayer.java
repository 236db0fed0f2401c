package dev.sardonyx.api.nn;

import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Self-attention and two linear layers, each added to what it takes and normalised. Shapes: [L, N,
 * dModel], or [N, L, dModel] where batchFirst, or [L, dModel] -> the same. Source:
 * torch.nn.TransformerEncoderLayer.
 */
public final class TransformerEncoderLayer implements UnaryModule {
  private static final String NAME = "TransformerEncoderLayer";

  private final TransformerEncoderLayerOptions options;
  private final MultiheadAttention selfAttn;
  private final Linear linear1;
  private final Dropout dropout;
  private final Linear linear2;
  private final LayerNorm norm1;
  private final LayerNorm norm2;
  private final Dropout dropout1;
  private final Dropout dropout2;

  /** With 2048 features inside, relu, steps before the batch. Errors: ARGUMENT. */
  public TransformerEncoderLayer(int dModel, int nhead) {
    this(dModel, nhead, options -> options);
  }

  /** With options. Errors: ARGUMENT, also unless dModel is a multiple of nhead. */
  public TransformerEncoderLayer(
      int dModel, int nhead, UnaryOperator<TransformerEncoderLayerOptions> options) {
    Arguments.requireAtLeast(NAME, "dModel", dModel, 1);
    Arguments.requireAtLeast(NAME, "nhead", nhead, 1);
    Arguments.require(
        dModel % nhead == 0, NAME, "dModel", "a multiple of nhead = " + nhead, dModel);
    this.options = options.apply(TransformerEncoderLayerOptions.defaults());
    double p = this.options.dropout();
    double eps = this.options.layerNormEps();
    boolean batchFirst = this.options.batchFirst();
    selfAttn = new MultiheadAttention(dModel, nhead, o -> o.dropout(p).batchFirst(batchFirst));
    linear1 = new Linear(dModel, this.options.dimFeedforward());
    dropout = new Dropout(p);
    linear2 = new Linear(this.options.dimFeedforward(), dModel);
    norm1 = new LayerNorm(dModel, o -> o.eps(eps));
    norm2 = new LayerNorm(dModel, o -> o.eps(eps));
    dropout1 = new Dropout(p);
    dropout2 = new Dropout(p);
  }

  private TransformerEncoderLayer(TransformerEncoderLayer other) {
    options = other.options;
    selfAttn = other.selfAttn.copy();
    linear1 = other.linear1.copy();
    dropout = new Dropout(options.dropout());
    linear2 = other.linear2.copy();
    norm1 = other.norm1.copy();
    norm2 = other.norm2.copy();
    dropout1 = new Dropout(options.dropout());
    dropout2 = new Dropout(options.dropout());
  }

  /** One with weights of its own that are equal to these. Source: copy.deepcopy. */
  TransformerEncoderLayer copy() {
    return new TransformerEncoderLayer(this);
  }

  /** Without masks. Errors: SHAPE. */
  @Override
  public Tensor forward(Tensor src) {
    return forward(src, null, null);
  }

  /** With masks as {@link AttentionOptions} has them, null for none. Errors: SHAPE, DTYPE. */
  public Tensor forward(Tensor src, @Nullable Tensor srcMask, @Nullable Tensor srcKeyPaddingMask) {
    List<Tensor> inputs = new ArrayList<>(List.of(src));
    if (srcMask != null) {
      inputs.add(srcMask);
    }
    if (srcKeyPaddingMask != null) {
      inputs.add(srcKeyPaddingMask);
    }
    return Operations.inModule(
            this, inputs, () -> List.of(encoded(src, srcMask, srcKeyPaddingMask)))
        .getFirst();
  }

  private Tensor encoded(Tensor src, @Nullable Tensor mask, @Nullable Tensor padding) {
    int dModel = Math.toIntExact(linear1.weight().size(1).fixed());
    String batched = options.batchFirst() ? "N, L, " : "L, N, ";
    Arguments.requireShape(NAME, "DModel", src, batched + dModel, "L, " + dModel);
    if (options.normFirst()) {
      Tensor x = src.add(attended(norm1.forward(src), mask, padding));
      return x.add(fed(norm2.forward(x)));
    }
    Tensor x = norm1.forward(src.add(attended(src, mask, padding)));
    return norm2.forward(x.add(fed(x)));
  }

  private Tensor attended(Tensor x, @Nullable Tensor mask, @Nullable Tensor padding) {
    UnaryOperator<AttentionOptions> arguments =
        o -> {
          AttentionOptions chosen = o.needWeights(false);
          chosen = mask == null ? chosen : chosen.attnMask(mask);
          return padding == null ? chosen : chosen.keyPaddingMask(padding);
        };
    return dropout1.forward(selfAttn.forward(x, x, x, arguments).output());
  }

  private Tensor fed(Tensor x) {
    Tensor inside = linear1.forward(x);
    Tensor active =
        switch (options.activation()) {
          case RELU -> Functional.relu(inside);
          case GELU -> Operations.apply(new ActivationOp.Gelu("none"), inside);
        };
    return dropout2.forward(linear2.forward(dropout.forward(active)));
  }

  @Override
  public Structure structure() {
    return Structure.of(NAME)
        .add("self_attn", selfAttn)
        .add("linear1", linear1)
        .add("dropout", dropout)
        .add("linear2", linear2)
        .add("norm1", norm1)
        .add("norm2", norm2)
        .add("dropout1", dropout1)
        .add("dropout2", dropout2);
  }
}
