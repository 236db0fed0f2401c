package dev.sardonyx.models;

import dev.sardonyx.api.nn.Embedding;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.LSTM;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;

/** Each token of a text to 5 tags, by two LSTMs that read it both ways. */
@Model
public final class TextTagger implements UnaryModule {
  @Layer final Embedding embedding = new Embedding(100, 8);

  @Layer
  final LSTM lstm =
      new LSTM(8, 6, o -> o.numLayers(2).bidirectional(true).batchFirst(true).dropout(0.1));

  @Layer final Linear fc = new Linear(12, 5);

  @Forward
  @Override
  public Tensor forward(
      @Input(
              value = {"batch", "seq"},
              dtype = DType.INT64)
          Tensor tokens) {
    return fc.forward(lstm.forward(embedding.forward(tokens)).output());
  }
}
