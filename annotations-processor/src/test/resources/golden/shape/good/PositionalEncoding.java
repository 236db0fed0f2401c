package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;

/** The sines of positions, computed one by one: 640,000 steps of a loop in the constructor. */
@Model
final class PositionalEncoding implements UnaryModule {
  private static final int LENGTH = 5000;
  private static final int FEATURES = 128;

  @Layer final Buffer table;
  @Layer final Linear fc = new Linear(FEATURES, 4);

  PositionalEncoding() {
    float[] values = new float[LENGTH * FEATURES];
    for (int position = 0; position < LENGTH; position++) {
      for (int i = 0; i < FEATURES; i += 2) {
        double angle = position / Math.pow(10_000, (double) i / FEATURES);
        values[position * FEATURES + i] = (float) Math.sin(angle);
        values[position * FEATURES + i + 1] = (float) Math.cos(angle);
      }
    }
    table = new Buffer(Tensor.of(values, 1, LENGTH, FEATURES));
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "seq", "128"}) Tensor x) {
    return fc.forward(x.add(table.narrow(1, Dim.of(0), x.size(1))));
  }
}
