package dev.sardonyx.models;

import dev.sardonyx.api.nn.Embedding;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.LayerNorm;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.TransformerEncoder;
import dev.sardonyx.api.nn.TransformerEncoderLayer;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Generator;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;

/** Texts of up to 64 tokens to 4 classes: a transformer encoder, then the mean over the tokens. */
@Model
public final class TextClassifier implements UnaryModule {
  @Layer final Embedding embedding = new Embedding(100, 16);

  @Layer
  final Parameter position =
      new Parameter(Generator.defaultGenerator().normal(Shape.of(64, 16), 0, 0.02));

  @Layer
  final TransformerEncoder encoder =
      new TransformerEncoder(
          new TransformerEncoderLayer(16, 4, o -> o.dimFeedforward(32).batchFirst(true)),
          2,
          new LayerNorm(16));

  @Layer final Linear fc = new Linear(16, 4);

  @Forward
  @Override
  public Tensor forward(
      @Input(
              value = {"batch", "seq"},
              dtype = DType.INT64)
          Tensor tokens) {
    Tensor x = embedding.forward(tokens);
    x = x.add(position.narrow(0, Dim.of(0), tokens.size(1)));
    x = encoder.forward(x).mean(1);
    return fc.forward(x);
  }
}
