package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A record as a model, with a compact constructor, and records as configuration. */
@Model
record RecordModels(@Layer Linear fc1, @Layer Linear fc2) implements UnaryModule {
  record Widths(int inputs, int hidden, int outputs) {
    static final Widths DEFAULT = new Widths(7, 5, 3);

    Widths {
      if (inputs < 1 || hidden < 1 || outputs < 1) {
        throw new IllegalArgumentException("widths must be 1 or more");
      }
      hidden = Math.max(hidden, 6);
    }

    Widths wider() {
      return new Widths(inputs, 2 * hidden, outputs);
    }
  }

  RecordModels() {
    this(Widths.DEFAULT.wider());
  }

  RecordModels(Widths widths) {
    this(
        new Linear(widths.inputs(), widths.hidden()),
        new Linear(widths.hidden(), widths.outputs()));
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "7"}) Tensor x) {
    return fc2.forward(fc1.forward(x));
  }
}
