package dev.sardonyx.runtime.machine;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Listing;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/**
 * A piece of machine code that can be called through {@link Arguments}. It takes the address of a
 * block of longs in rdi. Its memory is freed when nobody refers to it.
 */
public final class MachineCode {
  /** Sees each piece of code that is made, as text. */
  @FunctionalInterface
  public interface Watch {
    /** Called before the code runs, from the thread that makes it. */
    void look(String name, Listing listing);
  }

  private static final ScopedValue<Watch> WATCH = ScopedValue.newInstance();

  private final Object name;
  private final MemorySegment entry;

  private MachineCode(Object name, MemorySegment entry) {
    this.name = name;
    this.entry = entry;
  }

  /**
   * Makes code callable.
   *
   * @param name what it is, for people; asked for its text only when somebody looks
   * @throws UnsupportedOperationException where the system gives no executable memory
   */
  public static MachineCode install(Object name, Assembler assembler) {
    if (WATCH.isBound()) {
      WATCH.get().look(name.toString(), assembler.listing());
    }
    return new MachineCode(name, CodeMemory.install(assembler.code()));
  }

  /** Does something and shows what code this thread makes for it. */
  public static <T> T watched(Watch watch, Supplier<T> action) {
    return ScopedValue.where(WATCH, watch).call(action::get);
  }

  MemorySegment entry() {
    return entry;
  }

  @Override
  public String toString() {
    return name.toString();
  }
}
