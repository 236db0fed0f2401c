package dev.sardonyx.runtime.machine;

import static dev.sardonyx.runtime.machine.assembler.Gp.RAX;
import static dev.sardonyx.runtime.machine.assembler.Gp.RDI;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CodeMemoryTest {
  private static final int PAGE = 4096;

  @BeforeEach
  void codeRunsHere() {
    Processor processor = Processor.current();
    assumeTrue(processor.unavailable().isEmpty(), () -> processor.unavailable().orElseThrow());
  }

  /** Doubles the long that it is given. */
  private static byte[] code() {
    var a = new Assembler();
    a.mov(RAX, at(RDI));
    a.add(RAX, RAX);
    a.mov(at(RDI), RAX);
    a.ret();
    return a.code();
  }

  private static void runs(MemorySegment code) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment number = arena.allocateFrom(JAVA_LONG, 21);
      Outside.enter(code, number);
      assertEquals(42, number.get(JAVA_LONG, 0));
    }
    assertTrue(code.isReadOnly());
    assertEquals("r-x", protection(code.address()));
  }

  private static String protection(long address) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
      int dash = line.indexOf('-');
      int space = line.indexOf(' ');
      long from = Long.parseUnsignedLong(line.substring(0, dash), 16);
      long to = Long.parseUnsignedLong(line.substring(dash + 1, space), 16);
      if (Long.compareUnsigned(from, address) <= 0 && Long.compareUnsigned(address, to) < 0) {
        return line.substring(space + 1, space + 4);
      }
    }
    return "not mapped";
  }

  @Test
  void codeRunsAndCannotBeWritten() throws IOException {
    runs(CodeMemory.install(code()));
  }

  /** A process that has asked for it (PR_SET_MDWE) gets no memory that was ever written to run. */
  @Test
  void codeRunsInAProcessThatForbidsWrittenMemoryToRun() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xint", // the compiler's memory can be written and run
            "-XX:InitialCodeCacheSize=16m",
            "-XX:ReservedCodeCacheSize=16m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Refusing.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    assumeFalse(output.contains("not known"), "this Linux has no PR_SET_MDWE");
    assertTrue(output.contains("refused, and runs"), output);
  }

  /** What the process above does. */
  static final class Refusing {
    private static final long PRCTL = 157;
    private static final long PR_SET_MDWE = 65;
    private static final long PR_MDWE_REFUSE_EXEC_GAIN = 1;

    private Refusing() {}

    public static void main(String[] arguments) throws IOException {
      runs(CodeMemory.install(code())); // links what makes calls
      if (Outside.system(PRCTL, PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN, 0, 0, 0, 0) != 0) {
        System.out.println("not known");
        return;
      }
      long memory =
          Outside.map(PAGE, Outside.READ | Outside.WRITE, Outside.PRIVATE | Outside.ANONYMOUS, -1);
      assertEquals(Outside.FAILED, Outside.protect(memory, PAGE, Outside.READ | Outside.EXECUTE));
      runs(CodeMemory.install(code()));
      System.out.println("refused, and runs");
    }
  }

  @Test
  void codeRunsWhereWrittenMemoryMayNotBecomeExecutable() throws IOException {
    runs(CodeMemory.installTwice(code(), PAGE));
  }
}
