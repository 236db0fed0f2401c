package dev.sardonyx.runtime.diagnose;

import java.util.List;
import java.util.Optional;

/** NaN that both engines compute: no comparison shows them, but few models mean them. */
final class NotANumbers {
  private NotANumbers() {}

  /** Where they first appear, in words; nothing where numbers were not looked at. */
  static Optional<String> first(List<NodeFinding> nodes) {
    for (NodeFinding finding : nodes) {
      for (OutputFinding output : finding.outputs()) {
        long both = Math.min(output.engine().nan(), output.reference().nan());
        if (both > 0) {
          return Optional.of(
              "NaN first appears at %s (%s), on both engines: %d of %d elements"
                  .formatted(
                      finding.node().place(),
                      finding.node().op().name(),
                      both,
                      output.reference().elements()));
        }
      }
    }
    return Optional.empty();
  }
}
