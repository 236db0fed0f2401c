package dev.sardonyx.runtime.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The code that sessions share. When the last lease ends all of it is forgotten, and its memory
 * freed as soon as no call uses it. Thread-safe.
 */
public final class CodeLibrary {
  private final List<CodeTable> tables = new ArrayList<>();
  private final ThreadLocal<Arguments> arguments = ThreadLocal.withInitial(Arguments::new);
  private int leases;

  /** Arguments of the calling thread, from the first one on. */
  public Arguments arguments() {
    return arguments.get().begin();
  }

  /** The same as they are: what calls are recorded with. */
  public Arguments calling() {
    return arguments.get();
  }

  /** A table of pieces of code by number, each made when it is first asked for. */
  public synchronized CodeTable table(int size, IntFunction<MachineCode> maker) {
    var table = new CodeTable(size, maker);
    tables.add(table);
    return table;
  }

  /** Begins to keep code. */
  public synchronized void acquire() {
    leases++;
  }

  /** Ends it. */
  public synchronized void release() {
    leases--;
    if (leases == 0) {
      tables.forEach(CodeTable::clear);
    }
  }
}
