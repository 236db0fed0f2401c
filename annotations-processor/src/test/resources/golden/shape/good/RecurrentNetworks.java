package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.GRU;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.LSTM;
import dev.sardonyx.api.nn.LSTMCell;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.RNN;
import dev.sardonyx.api.nn.RNNCell;
import dev.sardonyx.api.tensor.Tensor;

/** Layers that give records, both ways and in cells, with states given and not. */
@Model
final class RecurrentNetworks implements NnModule {
  @Layer final LSTM lstm = new LSTM(6, 5, o -> o.bidirectional(true).numLayers(2));
  @Layer final GRU gru = new GRU(10, 4);
  @Layer final RNN rnn = new RNN(4, 3, o -> o.batchFirst(true));
  @Layer final LSTMCell cell = new LSTMCell(3, 2);
  @Layer final RNNCell last = new RNNCell(2, 2);

  record Result(Tensor out, Tensor state) {}

  @Forward
  Result run(@Input({"seq", "batch", "6"}) Tensor x, @Input({"1", "batch", "4"}) Tensor h0) {
    var read = lstm.forward(x);
    var second = gru.forward(read.output(), h0);
    Tensor third = rnn.forward(second.output().transpose(0, 1)).output();
    Tensor step = third.select(1, -1);
    LSTMCell.Output state = cell.forward(step);
    for (int i = 0; i < 2; i++) {
      state = cell.forward(step, state.hidden(), state.cell());
    }
    return new Result(last.forward(state.hidden()), state.cell());
  }
}
