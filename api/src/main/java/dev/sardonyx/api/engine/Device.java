package dev.sardonyx.api.engine;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.util.Arrays;
import java.util.Locale;

/** Where an engine computes. */
public enum Device {
  CPU,
  CUDA;

  /** The name as it is written after an engine's: {@code cpu}, {@code cuda}. */
  public String lowerCaseName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The device of a lower-case name. Errors: ENGINE, naming all devices. */
  public static Device of(String name) {
    return Arrays.stream(values())
        .filter(device -> device.lowerCaseName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SardonyxException(
                    ErrorCode.ENGINE,
                    "no device '"
                        + name
                        + "'; expected one of "
                        + Arrays.stream(values()).map(Device::lowerCaseName).toList()));
  }
}
