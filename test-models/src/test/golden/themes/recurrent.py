"""Recurrent layers: outputs are the output of all steps, then the final states."""
import torch
import torch.nn as nn

from torch_nn import x


CASES = [
    ("RNN", lambda: nn.RNN(3, 4), [x(5, 2, 3)]),
    ("RNN_relu", lambda: nn.RNN(3, 4, nonlinearity="relu", bias=False), [x(5, 2, 3)]),
    ("RNN_relu_bidirectional", lambda: nn.RNN(3, 4, nonlinearity="relu", bidirectional=True), [x(5, 2, 3), x(2, 2, 4)]),
    ("RNN_unbatched", lambda: nn.RNN(3, 4, 2, batch_first=True), [x(5, 3), x(2, 4)]),
    ("LSTM", lambda: nn.LSTM(3, 4), [x(5, 2, 3)]),
    ("LSTM_one_step", lambda: nn.LSTM(3, 17, bias=False), [x(1, 1, 3)]),
    ("LSTM_two_layers", lambda: nn.LSTM(3, 4, num_layers=2, dropout=0.5, batch_first=True), [x(2, 5, 3)]),
    ("LSTM_bidirectional", lambda: nn.LSTM(3, 4, num_layers=2, bidirectional=True, batch_first=True),
     [x(2, 5, 3)]),
    ("LSTM_unbatched", lambda: nn.LSTM(3, 4), [x(5, 3)]),
    ("GRU", lambda: nn.GRU(3, 4), [x(5, 2, 3)]),
    ("GRU_state", lambda: nn.GRU(3, 4, num_layers=2, bias=False), [x(5, 2, 3), x(2, 2, 4)]),
    ("GRU_bidirectional", lambda: nn.GRU(3, 4, 2, True, True, 0.25, True), [x(2, 5, 3), x(4, 2, 4)]),
    ("GRU_unbatched", lambda: nn.GRU(3, 4, bidirectional=True), [x(5, 3), x(2, 4)]),
    ("RNNCell", lambda: nn.RNNCell(3, 4), [x(2, 3), x(2, 4)]),
    ("RNNCell_relu", lambda: nn.RNNCell(3, 4, bias=False, nonlinearity="relu"), [x(3)]),
    ("LSTMCell", lambda: nn.LSTMCell(3, 4), [x(2, 3)]),
    ("GRUCell", lambda: nn.GRUCell(3, 4), [x(2, 3), x(2, 4)]),
    ("GRUCell_vector", lambda: nn.GRUCell(3, 4, bias=False), [x(3)]),
]


class States(nn.LSTM):
    """an LSTM whose states are two arguments instead of a pair; it prints itself as LSTM"""

    def _get_name(self):
        return "LSTM"

    def forward(self, v, h, c):
        return super().forward(v, (h, c))


class CellStates(nn.LSTMCell):
    def _get_name(self):
        return "LSTMCell"

    def forward(self, v, h, c):
        return super().forward(v, (h, c))


CASES += [
    ("LSTM_states", lambda: States(3, 4, 2, bidirectional=True), [x(5, 2, 3), x(4, 2, 4), x(4, 2, 4)]),
    ("LSTM_states_unbatched", lambda: States(3, 4), [x(5, 3), x(1, 4), x(1, 4)]),
    ("LSTMCell_states", lambda: CellStates(3, 4), [x(3), x(4), x(4)]),
]


def seeded(make):
    """a module with the weights that it draws itself"""
    torch.manual_seed(42)
    return make().eval(), "own"


CASES += [
    ("LSTM_initial", lambda: seeded(lambda: nn.LSTM(3, 5, 2, bidirectional=True)), [x(2, 1, 3)]),
    ("RNN_initial", lambda: seeded(lambda: nn.RNN(3, 5, bias=False, nonlinearity="relu")), [x(2, 1, 3)]),
    ("RNNCell_initial", lambda: seeded(lambda: nn.RNNCell(3, 5)), [x(1, 3), x(1, 5)]),
    ("LSTMCell_initial", lambda: seeded(lambda: nn.LSTMCell(3, 5, bias=False)), [x(1, 3)]),
    ("GRU_initial", lambda: seeded(lambda: nn.GRU(3, 5, 2)), [x(2, 1, 3)]),
    ("GRUCell_initial", lambda: seeded(lambda: nn.GRUCell(3, 5)), [x(1, 3), x(1, 5)]),
]
