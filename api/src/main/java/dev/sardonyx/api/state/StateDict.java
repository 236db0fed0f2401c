package dev.sardonyx.api.state;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Named weights in PyTorch's order. Source: torch.nn.Module.state_dict. */
public record StateDict(Map<String, Tensor> entries) {
  public StateDict {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** The entry of a name. Errors: NOT_FOUND. */
  public Tensor get(String name) {
    Tensor tensor = entries.get(name);
    if (tensor == null) {
      throw new SardonyxException(
          ErrorCode.NOT_FOUND, "no entry '" + name + "' among " + entries.keySet());
    }
    return tensor;
  }
}
