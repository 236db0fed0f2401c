package dev.sardonyx.runtime.bench;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.json.JsonReader;
import dev.sardonyx.api.json.JsonValue;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An engine in a process of its own, which does nothing unless it is told to: after each answer we
 * wait until it takes no time of the machine any more, for workers spin and compilers lag behind.
 */
public final class ProcessLane implements Lane {
  private static final long IDLE_MILLIS = 30;
  private static final int MOST_WAITS = 100;

  private final Contender contender;
  private final Process process;
  private final BufferedReader answers;
  private final PrintStream words;
  private final double openMillis;
  private final double startMillis;

  /** The lane of a process that is to run a {@link LaneServer}. Errors: what it says. */
  public ProcessLane(Contender contender, ProcessBuilder builder) {
    this.contender = contender;
    long start = System.nanoTime();
    try {
      process = builder.start();
    } catch (IOException cannot) {
      throw new SardonyxException(
          ErrorCode.ENGINE, "no process for " + contender + ": " + cannot.getMessage(), cannot);
    }
    answers = process.inputReader(StandardCharsets.UTF_8);
    words = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    try {
      openMillis = Double.parseDouble(answer("ready")[1]);
      startMillis = (System.nanoTime() - start) / 1e6;
    } catch (RuntimeException error) {
      process.destroyForcibly();
      throw error;
    }
  }

  @Override
  public Contender contender() {
    return contender;
  }

  /** How long opening the session took there. */
  public double openMillis() {
    return openMillis;
  }

  /** How long it took from starting the process to the first result. */
  public double startMillis() {
    return startMillis;
  }

  /** The peak of its memory in megabytes; NaN where nothing tells. */
  public double peakMegabytes() {
    return Double.parseDouble(ask("memory")[1]);
  }

  @Override
  public Readiness warmUp(Duration most) {
    String[] answer = ask("warm " + most.toMillis());
    awaitIdle();
    return new Readiness(
        Boolean.parseBoolean(answer[1]), Long.parseLong(answer[2]), Double.parseDouble(answer[3]));
  }

  @Override
  public Block run(int runs) {
    String[] answer = ask("run " + runs);
    awaitIdle();
    long[] nanos = Arrays.stream(answer).skip(2).mapToLong(Long::parseLong).toArray();
    return new Block(nanos, Long.parseLong(answer[1]));
  }

  @Override
  public Map<String, Data> outputs() {
    int count = Integer.parseInt(ask("outputs")[1]);
    Map<String, Data> outputs = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String[] parts = line().split(" ", -1);
      var base64 = Base64.getDecoder();
      String name = new String(base64.decode(parts[0]), StandardCharsets.UTF_8);
      long[] sizes =
          Arrays.stream(parts[2].split("x"))
              .filter(size -> !size.isEmpty())
              .mapToLong(Long::parseLong)
              .toArray();
      outputs.put(name, tensor(DType.valueOf(parts[1]), Shape.of(sizes), base64.decode(parts[3])));
    }
    return outputs;
  }

  private static DenseTensor tensor(DType dtype, Shape shape, byte[] bytes) {
    MemorySegment data = DenseTensor.allocate(dtype, shape);
    data.copyFrom(MemorySegment.ofArray(bytes));
    return DenseTensor.view(dtype, shape, data);
  }

  private String[] ask(String question) {
    words.println(question);
    return answer(question.split(" ")[0]);
  }

  private String[] answer(String expected) {
    String line = line();
    if (!line.startsWith(expected + " ")) {
      throw new SardonyxException(ErrorCode.ENGINE, contender + ": " + reason(line));
    }
    return line.split(" ");
  }

  /** What the command line says of an error to machines, in words for people. */
  private static String reason(String line) {
    if (!line.startsWith("{")) {
      return line;
    }
    JsonValue value = JsonReader.read(StandardCharsets.UTF_8.encode(line));
    return value instanceof JsonValue.JsonObject(Map<String, JsonValue> members)
            && members.get("reason") instanceof JsonValue.JsonString(String reason)
        ? reason
        : line;
  }

  private String line() {
    try {
      String line = answers.readLine();
      return line == null ? "nothing, it has ended" : line;
    } catch (IOException gone) {
      return "nothing, " + gone.getMessage();
    }
  }

  /** Waits until the process takes no time. Errors: ENGINE where it goes on for seconds. */
  private void awaitIdle() {
    Duration before = cpuTime();
    for (int i = 0; i < MOST_WAITS; i++) {
      try {
        Thread.sleep(IDLE_MILLIS);
      } catch (InterruptedException stop) {
        throw new SardonyxException(ErrorCode.INTERRUPTED, "the benchmark was interrupted", stop);
      }
      Duration now = cpuTime();
      if (now.equals(before)) {
        return;
      }
      before = now;
    }
    throw new SardonyxException(
        ErrorCode.ENGINE,
        "the process of " + contender + " does not come to rest, which would spoil others' times");
  }

  private Duration cpuTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Ends the process and waits for that. */
  @Override
  public void close() {
    words.close();
    try {
      if (!process.waitFor(Duration.ofSeconds(5))) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stop) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
