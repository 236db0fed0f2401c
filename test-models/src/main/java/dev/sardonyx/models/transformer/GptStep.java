package dev.sardonyx.models.transformer;

import dev.sardonyx.api.nn.Embedding;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.LayerNorm;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import java.util.ArrayList;
import java.util.List;

/**
 * A decoder step of GPT-2 small in full: the next token after 128 others. 12 layers of 768 features
 * and 12 heads, the vocabulary's 50,257 rows both first and last.
 */
@Model
public final class GptStep implements NnModule {
  private static final int FEATURES = 768;
  private static final int HEADS = 12;
  private static final int LAYERS = 12;

  @Layer final Embedding wte = new Embedding(50257, FEATURES);
  @Layer final Embedding wpe = new Embedding(1024, FEATURES);
  @Layer final ModuleList<GptBlock> h = new ModuleList<>();

  @Layer("ln_f")
  final LayerNorm norm = new LayerNorm(FEATURES);

  public GptStep() {
    for (int layer = 0; layer < LAYERS; layer++) {
      h.append(new GptBlock(FEATURES, HEADS));
    }
  }

  /**
   * What the step gives.
   *
   * @param logits of the next token: {@code [batch, 1, 50257]}
   * @param keys of this token, to be added to the past: {@code [12, batch, 12, 1, 64]}
   * @param values likewise
   */
  public record Next(Tensor logits, Tensor keys, Tensor values) {}

  @Forward
  public Next forward(
      @Input(
              value = {"batch", "1"},
              dtype = DType.INT64)
          Tensor token,
      @Input({"12", "batch", "12", "128", "64"}) Tensor pastKeys,
      @Input({"12", "batch", "12", "128", "64"}) Tensor pastValues) {
    Tensor position = wpe.weight().narrow(0, pastKeys.size(3), Dim.of(1));
    Tensor x = wte.forward(token).add(position);
    List<Tensor> keys = new ArrayList<>();
    List<Tensor> values = new ArrayList<>();
    for (GptBlock block : h) {
      int layer = keys.size();
      var step = block.forward(x, pastKeys.select(0, layer), pastValues.select(0, layer));
      x = step.output();
      keys.add(step.key());
      values.add(step.value());
    }
    Tensor logits = Functional.linear(norm.forward(x), wte.weight());
    return new Next(logits, Tensor.stack(keys, 0), Tensor.stack(values, 0));
  }
}
