package dev.sardonyx.models.transformer;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.GELU;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.LayerNorm;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/** One layer of GPT-2, for one token that looks back on those before it. */
public final class GptBlock implements NnModule {
  private final int heads;

  @Layer("ln_1")
  final LayerNorm attentionNorm;

  @Layer("c_attn")
  final Linear attention;

  @Layer("c_proj")
  final Linear projection;

  @Layer("ln_2")
  final LayerNorm norm;

  @Layer final Sequential mlp;

  public GptBlock(int features, int heads) {
    this.heads = heads;
    attentionNorm = new LayerNorm(features);
    attention = new Linear(features, 3 * features);
    projection = new Linear(features, features);
    norm = new LayerNorm(features);
    mlp =
        new Sequential(
            new Linear(features, 4 * features),
            new GELU("tanh"),
            new Linear(4 * features, features));
  }

  /** What the layer gives, and the token's own key and value: {@code [batch, heads, 1, size]}. */
  public record Step(Tensor output, Tensor key, Tensor value) {}

  /** x: {@code [batch, 1, features]}; the past: {@code [batch, heads, past, size]}. */
  @Forward
  public Step forward(Tensor x, Tensor pastKeys, Tensor pastValues) {
    List<Tensor> parts = attention.forward(attentionNorm.forward(x)).chunk(3, -1);
    Tensor key = heads(parts.get(1));
    Tensor value = heads(parts.get(2));
    Tensor y =
        Functional.scaledDotProductAttention(
            heads(parts.get(0)),
            Tensor.cat(List.of(pastKeys, key), 2),
            Tensor.cat(List.of(pastValues, value), 2));
    x = x.add(projection.forward(y.transpose(1, 2).flatten(2)));
    return new Step(x.add(mlp.forward(norm.forward(x))), key, value);
  }

  private Tensor heads(Tensor x) {
    return x.unflatten(-1, heads, -1).transpose(1, 2);
  }
}
