package dev.sardonyx.runtime.checkpoint;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Reads every file that a table names in one JVM, and says where what comes out is not what the
 * table wants: file, kind, fault, expected outcome, inputs, values. A program of its own, so that
 * the JVM's memory can be set.
 */
public final class HostileCases {
  private static final double LONGEST_SECONDS = 20;

  private HostileCases() {}

  /** Arguments: the folder that holds cases.tsv. Prints a line per row. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    List<String> rows = Files.readAllLines(folder.resolve("cases.tsv"));
    int read = 0;
    for (String row : rows) {
      String[] cells = row.split("\t", -1);
      if (cells[0].startsWith("pth/") || cells[0].startsWith("safetensors/")) {
        System.out.println(cells[0] + "\t" + outcome(folder.resolve(cells[0]), cells[3], cells[5]));
        read++;
      }
    }
    System.out.println("rows\t" + read);
  }

  private static String outcome(Path file, String expected, String values) {
    long start = System.nanoTime();
    String found;
    try {
      StateDict state = StateDict.read(file);
      found = expected.equals("reject") ? "WRONG: it loads" : "ok loads" + wrong(state, values);
    } catch (SardonyxException error) {
      String message = String.valueOf(error.getMessage());
      boolean named = message.contains(file.getFileName().toString());
      boolean fine = !expected.equals("accept") && named && message.length() < 1000;
      found = (fine ? "ok " : "WRONG: ") + message;
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    return found + (seconds > LONGEST_SECONDS ? " WRONG: took " + seconds + " s" : "");
  }

  /** Values are written {@code a=1,2 b=3}. */
  private static String wrong(StateDict state, String values) {
    if (values.equals("-")) {
      return "";
    }
    for (String entry : values.split(" ")) {
      String[] parts = entry.split("=");
      Tensor tensor = state.get(parts[0]);
      double[] wanted =
          Arrays.stream(parts[1].split(",")).mapToDouble(Double::parseDouble).toArray();
      DenseTensor found = tensor.dense();
      for (int i = 0; i < wanted.length; i++) {
        if (found.elements() != wanted.length || found.doubleAt(i) != wanted[i]) {
          return " WRONG: " + parts[0] + " is " + found;
        }
      }
    }
    return "";
  }
}
