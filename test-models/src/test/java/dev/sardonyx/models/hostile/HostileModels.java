package dev.sardonyx.models.hostile;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Data;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Opens and runs every model that a table names in one JVM, a good one after each, and says where
 * what comes out is not what the table wants. A program of its own, so that the JVM's memory can be
 * set; it records which files are read.
 */
public final class HostileModels {
  private static final String FILE_READ = "jdk.FileRead";
  private static final double LONGEST_SECONDS = 20;
  private static final long MOST_KILOBYTES = 4L << 20;
  private static final String SECRET = "TOPSECRET";
  private static final String GOOD = "onnx/ok_relu.onnx";
  private static final String GOOD_INPUT = "x=f32[2,3]:-1,2,-3,4,-5,6";
  private static final String GOOD_OUTPUT = "y=0,2,0,4,0,6";

  private HostileModels() {}

  /** Arguments: the folder that holds cases.tsv. Prints a line per row. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    List<String> rows = Files.readAllLines(folder.resolve("cases.tsv"));
    int done = 0;
    try (var recording = new Recording()) {
      recording.enable(FILE_READ).withThreshold(Duration.ZERO).withoutStackTrace();
      recording.start();
      for (String row : rows.subList(1, rows.size())) {
        String[] cells = row.split("\t", -1);
        String outcome = outcome(folder.resolve(cells[0]), cells[3], cells[4], cells[5]);
        System.out.println(cells[0] + "\t" + outcome + after(folder));
        done++;
      }
      recording.stop();
      Path events = folder.resolve("reads.jfr");
      recording.dump(events);
      requireInside(folder, events);
    }
    System.out.println("rows\t" + done);
  }

  private static String outcome(Path file, String expected, String inputs, String values) {
    // Of the processor, not of the clock: builds share machines.
    var thread = ManagementFactory.getThreadMXBean();
    long start = thread.getCurrentThreadCpuTime();
    String found = attempt(file, expected, inputs, values);
    double seconds = (thread.getCurrentThreadCpuTime() - start) * 1e-9;
    String secret = found.contains(SECRET) ? " WRONG: tells a secret" : "";
    return found
        + secret
        + (seconds > LONGEST_SECONDS ? " WRONG: took " : " in ")
        + Math.round(seconds * 1000)
        + " ms";
  }

  private static String attempt(Path file, String expected, String inputs, String values) {
    String stage = "load";
    try {
      try (Session session = Sardonyx.open(file)) {
        stage = "run";
        Map<String, Data> outputs = session.runData(HostileValues.inputs(inputs));
        boolean mayRun = expected.startsWith("accept");
        return (mayRun ? "ok runs" : "WRONG: it runs") + HostileValues.wrong(outputs, values);
      }
    } catch (SardonyxException error) {
      return judged(error, stage, expected, file);
    }
  }

  private static String judged(SardonyxException error, String stage, String expected, Path file) {
    boolean wanted =
        switch (expected) {
          case "reject-load" -> stage.equals("load");
          case "reject-run" -> stage.equals("run");
          case "reject-load-or-run", "accept-or-reject", "bounded" -> true;
          default -> false;
        };
    String message = String.valueOf(error.getMessage());
    boolean fine = message.length() < 1000 && message.contains(file.getFileName().toString());
    return (wanted ? "ok " : "WRONG: ") + stage + (fine ? ": " : " (WRONG message): ") + message;
  }

  /** The JVM lives: it runs a good model, in little memory. */
  private static String after(Path folder) throws IOException {
    String good = attempt(folder.resolve(GOOD), "accept", GOOD_INPUT, GOOD_OUTPUT);
    String peak =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .findFirst()
            .orElse("VmHWM: 0 kB");
    long kilobytes = Long.parseLong(peak.replaceAll("\\D", ""));
    return (good.equals("ok runs") ? "" : " WRONG: afterwards " + good)
        + (kilobytes > MOST_KILOBYTES ? " WRONG: " + peak : "");
  }

  /** Of what lies outside the models' folder, nothing is read that a model could name. */
  private static void requireInside(Path folder, Path events) throws IOException {
    long reads = 0;
    for (RecordedEvent event : RecordingFile.readAllEvents(events)) {
      if (!event.getEventType().getName().equals(FILE_READ)) {
        continue; // sessions record themselves too
      }
      String path = String.valueOf(event.getString("path"));
      boolean model = path.endsWith(".onnx");
      boolean outside =
          path.contains("secret")
              || path.contains("hardsec")
              || path.contains("passwd")
              || path.startsWith("/dev");
      reads += model ? 1 : 0;
      if (outside && !model) {
        System.out.println("WRONG: read " + path);
      }
    }
    System.out.println("reads\t" + (reads > 0 ? "recorded" : "WRONG: none recorded"));
  }
}
