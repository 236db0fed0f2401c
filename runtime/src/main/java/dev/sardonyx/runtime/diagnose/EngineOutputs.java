package dev.sardonyx.runtime.diagnose;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Data;
import java.util.Map;

/** What a run on an engine returned. */
public final class EngineOutputs {
  private EngineOutputs() {}

  /** An output of a run. Errors: ENGINE for an engine that leaves it out. */
  public static Data named(String engine, Map<String, Data> outputs, String name) {
    Data data = outputs.get(name);
    if (data == null) {
      throw new SardonyxException(
          ErrorCode.ENGINE,
          "engine " + engine + " has returned no output '" + name + "', but " + outputs.keySet());
    }
    return data;
  }
}
