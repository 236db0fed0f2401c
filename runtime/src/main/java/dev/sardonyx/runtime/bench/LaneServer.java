package dev.sardonyx.runtime.bench;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A lane that another process leads by lines of words: {@link ProcessLane} is the other end. What
 * leads it ends it by closing its input.
 */
public final class LaneServer {
  private final OpenLane lane;
  private final PrintStream out;

  /** The server of an open lane, which it does not close. */
  public LaneServer(OpenLane lane, PrintStream out) {
    this.lane = lane;
    this.out = out;
  }

  /** Says that the lane is open, then answers until there is no more. Errors: those of runs. */
  public void serve(InputStream in) {
    var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    out.println("ready " + lane.openMillis());
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answer(line.split(" "));
      }
    } catch (IOException gone) {
      throw new SardonyxException(ErrorCode.INTERRUPTED, "the benchmark has gone", gone);
    }
  }

  private void answer(String[] words) {
    switch (words[0]) {
      case "warm" -> {
        Readiness end = lane.warmUp(Duration.ofMillis(Long.parseLong(words[1])));
        out.println("warm " + end.stable() + " " + end.runs() + " " + end.nanosPerRun());
      }
      case "run" -> {
        Block block = lane.run(Integer.parseInt(words[1]));
        out.println("run " + block.allocatedBytes() + " " + words(block.nanos()));
      }
      case "memory" -> {
        double none = Double.NaN;
        out.println("memory " + ProcessMemory.peakMegabytes().orElse(none));
      }
      case "outputs" -> {
        Map<String, Data> outputs = lane.outputs();
        out.println("outputs " + outputs.size());
        outputs.forEach((name, data) -> out.println(output(name, data)));
      }
      default ->
          throw new SardonyxException(ErrorCode.USAGE, "no such word to a lane: " + words[0]);
    }
  }

  private static String output(String name, Data data) {
    if (!(data instanceof Tensor tensor)) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED,
          "output '"
              + name
              + "' is "
              + data.type()
              + ", which processes do not pass on; use --threads 1");
    }
    var base64 = Base64.getEncoder();
    return String.join(
        " ",
        base64.encodeToString(name.getBytes(StandardCharsets.UTF_8)),
        tensor.dtype().name(),
        "x" + words(tensor.shape().sizes()).replace(' ', 'x'),
        base64.encodeToString(bytes(tensor)));
  }

  private static byte[] bytes(Tensor tensor) {
    return tensor.dense().segment().toArray(ValueLayout.JAVA_BYTE);
  }

  private static String words(long[] numbers) {
    return LongStream.of(numbers).mapToObj(Long::toString).collect(Collectors.joining(" "));
  }
}
