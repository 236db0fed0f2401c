package dev.sardonyx.models;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.LSTM;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Sequences of 50 steps, read both ways by two layers, to 10 classes. */
@Model("bilstm")
public final class BiLstm implements UnaryModule {
  @Layer
  final LSTM lstm = new LSTM(64, 128, o -> o.numLayers(2).bidirectional(true).batchFirst(true));

  @Layer final Linear fc = new Linear(256, 10);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "50", "64"}) Tensor x) {
    return fc.forward(lstm.forward(x).output().select(1, -1));
  }
}
