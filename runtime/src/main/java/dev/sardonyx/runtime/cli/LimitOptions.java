package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** What a run may take at most, as options of commands. */
final class LimitOptions {
  private static final String UNITS = "KMGT";
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

  private LimitOptions() {}

  /** The options of a command that runs models which nobody vouches for. */
  static Options addTo(Options options) {
    return options
        .addOption(memory())
        .addOption(
            CommonOptions.value(
                "trips",
                "N",
                "rounds that all loops of a run may take together; default 400000; native engine"));
  }

  /** The option of a command that keeps within some memory. */
  static Option memory() {
    return CommonOptions.value(
        "memory", "SIZE", "memory that weights and buffers may take: bytes, or 512M, 4G and so on");
  }

  /** What {@link #memory()} says, in bytes. Errors: USAGE. */
  static Optional<Long> memory(Invocation invocation) {
    return invocation.value("memory").map(LimitOptions::bytes);
  }

  /** The option of a command that has no other one for time. */
  static Options addDeadlineTo(Options options) {
    return options.addOption(
        CommonOptions.value(
            "deadline", "SECONDS", "time that a run may take, such as 2 or 0.5; native engine"));
  }

  /** The options of a session. Errors: USAGE. */
  static SessionOptions of(Invocation invocation) {
    SessionOptions options = SessionOptions.defaults();
    options = options.trips(invocation.number("trips", options.tripLimit()));
    Optional<Long> memory = memory(invocation);
    options = memory.isPresent() ? options.within(memory.get()) : options;
    var deadline = invocation.value("deadline").map(LimitOptions::time);
    return deadline.isPresent() ? options.deadline(deadline.get()) : options;
  }

  private static long bytes(String text) {
    if (!text.matches("[0-9]{1,18}[" + UNITS + "]?")) {
      throw wrong("--memory wants bytes, or a number with K, M, G or T", text);
    }
    int unit = UNITS.indexOf(text.charAt(text.length() - 1)) + 1;
    long number = Long.parseLong(unit == 0 ? text : text.substring(0, text.length() - 1));
    if (number > Long.MAX_VALUE >> 10 * unit) {
      throw wrong("--memory has room for 64 bits", text);
    }
    return number << 10 * unit;
  }

  private static Duration time(String text) {
    if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
      throw wrong("--deadline wants seconds, such as 2 or 0.5", text);
    }
    return Duration.ofNanos(new BigDecimal(text).multiply(NANOS).longValueExact());
  }

  private static SardonyxException wrong(String wanted, String found) {
    return new SardonyxException(ErrorCode.USAGE, wanted + ", found '" + found + "'");
  }
}
