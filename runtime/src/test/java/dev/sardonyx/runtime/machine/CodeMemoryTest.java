package dev.sardonyx.runtime.machine;

import static dev.sardonyx.runtime.machine.assembler.Gp.RAX;
import static dev.sardonyx.runtime.machine.assembler.Gp.RDI;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
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
      Outside.ENTRY.enter(code, number);
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

  @Test
  void codeRunsWhereWrittenMemoryMayNotBecomeExecutable() throws IOException {
    runs(CodeMemory.installTwice(code(), PAGE));
  }
}
