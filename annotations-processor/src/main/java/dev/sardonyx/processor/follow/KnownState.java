package dev.sardonyx.processor.follow;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.type.TensorType;
import java.util.Map;
import java.util.Optional;

/** What a model's state dict holds, where that is known. */
final class KnownState {
  private KnownState() {}

  /** Types by name; empty where a module below is not known, or may have been changed. */
  static Optional<Map<String, TensorType>> of(NnModule model, Heap heap) {
    try {
      return model.modules().stream().anyMatch(heap::isSpoiled)
          ? Optional.empty()
          : Optional.of(model.stateDict().types());
    } catch (UnknownResult | Thrown | SardonyxException unknown) {
      return Optional.empty();
    }
  }
}
