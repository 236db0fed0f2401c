package dev.sardonyx.runtime.machine.assembler;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Instructions with the bytes that GNU as made of them: {@code text | bytes}, "-" for none. */
final class GoldenBytes {
  static final String RESOURCE = "/machine/instructions.txt";

  private GoldenBytes() {}

  /** What was recorded. */
  static Map<String, String> recorded() throws IOException {
    Map<String, String> golden = new LinkedHashMap<>();
    try (InputStream in = GoldenBytes.class.getResourceAsStream(RESOURCE)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().filter(l -> !l.startsWith("#")).toList()) {
        int bar = line.indexOf(" | ");
        golden.put(line.substring(0, bar), line.substring(bar + 3));
      }
    }
    return golden;
  }

  /** What our assembler writes: the same, with "-" for what it refuses. */
  static Map<String, String> written() {
    Map<String, String> all = new LinkedHashMap<>();
    InstructionForms.all().forEach((text, form) -> all.put(text, form.bytes()));
    all.putAll(Jumps.all());
    return all;
  }

  /** Writes the resource anew: the bytes are those of the installed GNU as. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("golden");
    var gnu = new GnuAssembler(folder);
    List<String> lines = new ArrayList<>();
    lines.add("# Instructions in Intel's order | their bytes, or - where there is no such form.");
    lines.add("# The bytes are those of " + gnu.version("as") + ", not of our assembler.");
    lines.add("# Made by runtime/src/test/binutils/golden-bytes.sh.");
    gnu.assemble(written().keySet()).forEach((text, bytes) -> lines.add(text + " | " + bytes));
    Files.write(Path.of(arguments[0]), lines);
    gnu.clear();
  }
}
