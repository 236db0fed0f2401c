package dev.sardonyx.runtime.cli;

import dev.sardonyx.runtime.machine.Feature;
import dev.sardonyx.runtime.machine.Processor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the doctor tells of a processor: what was found, what is used, and why not more. */
final class ProcessorRows {
  private ProcessorRows() {}

  static List<List<String>> of(Processor processor) {
    List<List<String>> rows = new ArrayList<>();
    if (!processor.name().isEmpty()) {
      rows.add(List.of("processor", processor.name() + "; " + processor.caches()));
      rows.add(List.of("instructions", Feature.list(processor.found())));
    }
    rows.add(
        List.of(
            "machine code",
            processor
                .unavailable()
                .map(reason -> "none: " + reason)
                .orElseGet(() -> used(processor))));
    for (Processor.Limit limit : processor.limits()) {
      rows.add(List.of("no " + limit.of(), limit.reason()));
    }
    return rows;
  }

  private static String used(Processor processor) {
    Set<Feature> more = EnumSet.noneOf(Feature.class);
    more.addAll(processor.features());
    for (Processor.Level level : Processor.Level.values()) {
      more.removeAll(level.needs());
    }
    return processor.level() + (more.isEmpty() ? "" : " with " + Feature.list(more));
  }
}
