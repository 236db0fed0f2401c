package dev.sardonyx.models.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.nn.GRU;
import dev.sardonyx.api.nn.GRUCell;
import dev.sardonyx.api.nn.LSTM;
import dev.sardonyx.api.nn.LSTMCell;
import dev.sardonyx.api.nn.RNN;
import dev.sardonyx.api.nn.RNN.Nonlinearity;
import dev.sardonyx.api.nn.RNNCell;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

class RecurrentTest extends TorchTheme {
  RecurrentTest() {
    super("recurrent");
    rnn("RNN", () -> new RNN(3, 4));
    rnn("RNN_relu", () -> new RNN(3, 4, Nonlinearity.RELU, o -> o.bias(false)));
    rnn(
        "RNN_relu_bidirectional",
        () -> new RNN(3, 4, Nonlinearity.RELU, o -> o.bidirectional(true)));
    rnn("RNN_unbatched", () -> new RNN(3, 4, o -> o.numLayers(2).batchFirst(true)));
    lstm("LSTM", () -> new LSTM(3, 4));
    lstm("LSTM_one_step", () -> new LSTM(3, 17, o -> o.bias(false)));
    lstm(
        "LSTM_two_layers", () -> new LSTM(3, 4, o -> o.numLayers(2).dropout(0.5).batchFirst(true)));
    lstm(
        "LSTM_bidirectional",
        () -> new LSTM(3, 4, o -> o.numLayers(2).bidirectional(true).batchFirst(true)));
    lstm("LSTM_unbatched", () -> new LSTM(3, 4));
    lstm("LSTM_states", () -> new LSTM(3, 4, o -> o.numLayers(2).bidirectional(true)));
    lstm("LSTM_states_unbatched", () -> new LSTM(3, 4));
    gru("GRU", () -> new GRU(3, 4));
    gru("GRU_state", () -> new GRU(3, 4, o -> o.numLayers(2).bias(false)));
    gru(
        "GRU_bidirectional",
        () ->
            new GRU(3, 4, o -> o.numLayers(2).batchFirst(true).dropout(0.25).bidirectional(true)));
    gru("GRU_unbatched", () -> new GRU(3, 4, o -> o.bidirectional(true)));
    lstm("LSTM_initial", () -> new LSTM(3, 5, o -> o.numLayers(2).bidirectional(true)));
    rnn("RNN_initial", () -> new RNN(3, 5, Nonlinearity.RELU, o -> o.bias(false)));
    gru("GRU_initial", () -> new GRU(3, 5, o -> o.numLayers(2)));
    var initialRnn = new RNNCell(3, 5);
    add(
        "RNNCell_initial",
        () ->
            TorchSubject.layer(
                initialRnn, in -> List.of(initialRnn.forward(in.get(0), in.get(1)))));
    var initialLstm = new LSTMCell(3, 5, false);
    add(
        "LSTMCell_initial",
        () -> TorchSubject.layer(initialLstm, in -> list(initialLstm.forward(in.get(0)))));
    var initial = new GRUCell(3, 5);
    add(
        "GRUCell_initial",
        () -> TorchSubject.layer(initial, in -> List.of(initial.forward(in.get(0), in.get(1)))));
    cells();
    symbols();
  }

  private void symbols() {
    for (String name : List.of("RNN", "RNN_relu", "LSTM", "LSTM_one_step", "LSTM_initial", "GRU")) {
      symbols(name, "seq batch");
    }
    for (String name : List.of("LSTM_two_layers", "LSTM_bidirectional")) {
      symbols(name, "batch seq");
    }
    symbols("RNN_relu_bidirectional", "seq batch", "_ batch");
    symbols("LSTM_states", "seq batch", "_ batch", "_ batch");
    symbols("GRU_state", "seq batch", "_ batch");
    symbols("GRU_bidirectional", "batch seq", "_ batch");
    for (String name : List.of("RNN_unbatched", "GRU_unbatched")) {
      symbols(name, "seq", "_");
    }
    symbols("LSTM_unbatched", "seq");
    symbols("LSTM_states_unbatched", "seq", "_", "_");
    fixed("features only", "GRUCell_vector", "LSTMCell_states", "RNNCell_relu");
  }

  private void rnn(String name, Supplier<RNN> make) {
    add(
        name,
        () -> {
          RNN layer = make.get();
          return TorchSubject.layer(layer, in -> list(output(layer, in)));
        });
  }

  private static RNN.Output output(RNN layer, List<Tensor> in) {
    return in.size() == 1 ? layer.forward(in.get(0)) : layer.forward(in.get(0), in.get(1));
  }

  private static List<Tensor> list(RNN.Output output) {
    return List.of(output.output(), output.hidden());
  }

  private void gru(String name, Supplier<GRU> make) {
    add(
        name,
        () -> {
          GRU layer = make.get();
          return TorchSubject.layer(layer, in -> list(output(layer, in)));
        });
  }

  private static GRU.Output output(GRU layer, List<Tensor> in) {
    return in.size() == 1 ? layer.forward(in.get(0)) : layer.forward(in.get(0), in.get(1));
  }

  private static List<Tensor> list(GRU.Output output) {
    return List.of(output.output(), output.hidden());
  }

  private void lstm(String name, Supplier<LSTM> make) {
    add(
        name,
        () -> {
          LSTM layer = make.get();
          return TorchSubject.layer(layer, in -> list(output(layer, in)));
        });
  }

  private static LSTM.Output output(LSTM layer, List<Tensor> in) {
    return in.size() == 1
        ? layer.forward(in.getFirst())
        : layer.forward(in.get(0), in.get(1), in.get(2));
  }

  private static List<Tensor> list(LSTM.Output output) {
    return List.of(output.output(), output.hidden(), output.cell());
  }

  private void cells() {
    var rnn = new RNNCell(3, 4);
    add("RNNCell", () -> TorchSubject.layer(rnn, in -> List.of(rnn.forward(in.get(0), in.get(1)))));
    var relu = new RNNCell(3, 4, false, Nonlinearity.RELU);
    add("RNNCell_relu", () -> TorchSubject.layer(relu, in -> List.of(relu.forward(in.get(0)))));
    var gru = new GRUCell(3, 4);
    add("GRUCell", () -> TorchSubject.layer(gru, in -> List.of(gru.forward(in.get(0), in.get(1)))));
    var plain = new GRUCell(3, 4, false);
    add("GRUCell_vector", () -> TorchSubject.layer(plain, in -> List.of(plain.forward(in.get(0)))));
    var lstm = new LSTMCell(3, 4);
    add("LSTMCell", () -> TorchSubject.layer(lstm, in -> list(lstm.forward(in.get(0)))));
    add(
        "LSTMCell_states",
        () ->
            TorchSubject.layer(
                lstm, in -> list(lstm.forward(in.get(0), in.get(1), in.get(2)))));
  }

  private static List<Tensor> list(LSTMCell.Output output) {
    return List.of(output.hidden(), output.cell());
  }

  @Test
  @ResourceLock("the default generator")
  void drawsPyTorchsInitialWeightsToTheBit() {
    assertDraws("LSTM_initial", () -> new LSTM(3, 5, o -> o.numLayers(2).bidirectional(true)));
    assertDraws("GRU_initial", () -> new GRU(3, 5, o -> o.numLayers(2)));
    assertDraws(
        "RNN_initial", () -> new RNN(3, 5, Nonlinearity.RELU, o -> o.bias(false)));
    assertDraws("RNNCell_initial", () -> new RNNCell(3, 5));
    assertDraws("LSTMCell_initial", () -> new LSTMCell(3, 5, false));
    assertDraws("GRUCell_initial", () -> new GRUCell(3, 5));
  }

  private static void assertDraws(String name, Supplier<NnModule> make) {
    Sardonyx.manualSeed(42);
    NnModule module = make.get();
    TorchCase.of("recurrent", name)
        .weights()
        .entries()
        .forEach(
            (key, expected) ->
                assertThat(module.stateDict().get(key).floats())
                    .as("%s of %s", key, name)
                    .containsExactly(expected.floats()));
  }
}
