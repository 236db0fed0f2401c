package dev.sardonyx.runtime.machine.assembler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The assembler and disassembler of GNU binutils, where they are installed. */
final class GnuAssembler {
  private static final Pattern ERROR = Pattern.compile(".*?:(\\d+): Error: .*");
  private static final Pattern LISTED =
      Pattern.compile("\\s*(\\d+) \\p{XDigit}{4,} ([\\p{XDigit} ]+?)\\s*\\t.*");

  /** Copies of registers, for which it would else take the opcode of a store. */
  private static final Pattern COPY =
      Pattern.compile("vmov(ups|aps|dqu\\d*) [xyz]mm\\S*, [xyz]mm.*");

  private final Path folder;

  GnuAssembler(Path folder) {
    this.folder = folder;
  }

  /** What a tool says of itself first, or that there is none. */
  String version(String tool) throws InterruptedException {
    try {
      return run(tool, "--version").getFirst();
    } catch (IOException e) {
      return "no " + tool + ": " + e.getMessage();
    }
  }

  /** The bytes of each instruction in hexadecimal digits, "-" where it is refused. */
  Map<String, String> assemble(Iterable<String> texts) throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    for (String text : texts) {
      lines.add(COPY.matcher(text).matches() ? "{load} " + text : text);
    }
    Set<Integer> refused = new HashSet<>();
    for (String line : assembleLines(lines)) {
      Matcher error = ERROR.matcher(line);
      if (error.matches()) {
        refused.add(Integer.parseInt(error.group(1)) - 1);
      }
    }
    refused.forEach(i -> lines.set(i, ""));
    Map<Integer, String> bytes = new LinkedHashMap<>();
    for (String line : assembleLines(lines)) {
      Matcher listed = LISTED.matcher(line);
      if (listed.matches()) {
        String hex = listed.group(2).replace(" ", "").toLowerCase(Locale.ROOT);
        bytes.put(Integer.parseInt(listed.group(1)) - 1, hex);
      }
    }
    Map<String, String> result = new LinkedHashMap<>();
    int i = 0;
    for (String text : texts) {
      result.put(text, bytes.getOrDefault(i++, "-"));
    }
    return result;
  }

  private List<String> assembleLines(List<String> lines) throws IOException, InterruptedException {
    Path source = Files.write(folder.resolve("source.s"), lines);
    String code = folder.resolve("code.o").toString();
    return run(
        "as",
        "--64",
        "-msyntax=intel",
        "-mnaked-reg",
        "-mmnemonic=intel",
        "-aln",
        "--listing-lhs-width=4",
        "-o",
        code,
        source.toString());
  }

  /** The text of code, an instruction a line, as the listing of ours has it. */
  List<String> disassemble(byte[] code) throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("code.bin"), code);
    List<String> lines = new ArrayList<>();
    for (String line :
        run(
            "objdump",
            "-D",
            "-w",
            "-b",
            "binary",
            "-m",
            "i386:x86-64",
            "-M",
            "intel",
            "--no-show-raw-insn",
            file.toString())) {
      if (line.matches("\\s*\\p{XDigit}+:\\t.*")) {
        lines.add(line.substring(line.indexOf('\t') + 1).strip());
      }
    }
    return lines;
  }

  /** Deletes the files that were made. */
  void clear() throws IOException {
    for (String name : List.of("source.s", "code.o", "code.bin", "output", "")) {
      Files.deleteIfExists(folder.resolve(name));
    }
  }

  private List<String> run(String... command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start()
        .waitFor();
    return Files.readAllLines(output);
  }
}
