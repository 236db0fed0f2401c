package dev.sardonyx.runtime.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.runtime.engine.KernelSelection;
import dev.sardonyx.runtime.text.Table;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.Options;

/** Tells what this machine and class path have, and why not more. */
final class DoctorCommand implements Command {
  private static final String SELF_TEST = "self-test";

  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public String arguments() {
    return "";
  }

  @Override
  public String summary() {
    return "show the JDK, the engines with their state, the processor and memory";
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(
            CommonOptions.flag(
                SELF_TEST,
                "run all kernels in machine code on this machine and compare them with plain loops;"
                    + " exit code 1 where one differs"));
  }

  @Override
  public List<Integer> argumentCount() {
    return List.of(0, 0);
  }

  @Override
  public int run(Invocation invocation) {
    if (invocation.has(SELF_TEST)) {
      return SelfTestRows.run(invocation.console(), invocation.json());
    }
    tell(invocation);
    return CommandLineTool.SUCCESS;
  }

  private static void tell(Invocation invocation) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("sardonyx", Help.version()));
    rows.add(
        List.of(
            "java",
            System.getProperty("java.vm.name")
                + " "
                + Runtime.version()
                + ", "
                + System.getProperty("java.home")));
    rows.add(
        List.of(
            "machine",
            System.getProperty("os.name")
                + " "
                + System.getProperty("os.arch")
                + ", "
                + Runtime.getRuntime().availableProcessors()
                + " cores for this process"));
    rows.add(List.of("memory", memory()));
    rows.addAll(ProcessorRows.of(KernelSelection.processor()));
    boolean tiles = KernelSelection.fastest().kernels().hasTiles();
    rows.add(
        List.of(
            "precision",
            tiles
                ? "float32, fast and bf16"
                : "float32; no AMX tiles here, so fast and bf16 are computed in float32 as well"));
    for (Engine engine : Sardonyx.engines()) {
      rows.add(List.of("engine " + engine.name(), state(engine)));
    }
    boolean bridge = Sardonyx.engines().stream().anyMatch(engine -> engine.name().equals("ort"));
    if (!bridge) {
      rows.add(
          List.of(
              "engine ort",
              "not there: add dev.sardonyx:sardonyx-onnx-bridge and"
                  + " com.microsoft.onnxruntime:onnxruntime to the class path"));
    }
    rows.add(List.of("models", "" + invocation.targets().registry().size() + " registered"));
    if (invocation.json()) {
      Json object = Json.object();
      rows.forEach(row -> object.put(row.getFirst(), row.getLast()));
      invocation.console().out().println(object);
    } else {
      invocation.console().out().print(Table.plain(rows));
    }
  }

  private static String memory() {
    String heap = "heap of at most %,d MiB".formatted(Runtime.getRuntime().maxMemory() >> 20);
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
        ? "%,d MiB, of which %,d MiB free; "
                .formatted(machine.getTotalMemorySize() >> 20, machine.getFreeMemorySize() >> 20)
            + heap
        : heap;
  }

  private static String state(Engine engine) {
    return engine
        .unavailable()
        .map(reason -> "not usable: " + reason)
        .orElseGet(engine::description);
  }
}
