package dev.sardonyx.runtime.machine;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import java.lang.foreign.MemorySegment;

/**
 * A piece of machine code that can be called through {@link Arguments}. It takes the address of a
 * block of longs in rdi. Its memory is freed when nobody refers to it.
 */
public final class MachineCode {
  private final String name;
  private final MemorySegment entry;

  private MachineCode(String name, MemorySegment entry) {
    this.name = name;
    this.entry = entry;
  }

  /**
   * Makes code callable.
   *
   * @param name what it is, for people
   * @throws UnsupportedOperationException where the system gives no executable memory
   */
  public static MachineCode install(String name, Assembler assembler) {
    return new MachineCode(name, CodeMemory.install(assembler.code()));
  }

  MemorySegment entry() {
    return entry;
  }

  @Override
  public String toString() {
    return name;
  }
}
