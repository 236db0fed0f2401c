package dev.sardonyx.runtime.machine;

import static dev.sardonyx.runtime.machine.assembler.Gp.R8;
import static dev.sardonyx.runtime.machine.assembler.Gp.RAX;
import static dev.sardonyx.runtime.machine.assembler.Gp.RBX;
import static dev.sardonyx.runtime.machine.assembler.Gp.RCX;
import static dev.sardonyx.runtime.machine.assembler.Gp.RDI;
import static dev.sardonyx.runtime.machine.assembler.Gp.RDX;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/** Asks the processor that this runs on, in machine code, and Linux. */
final class EmittedQuestions implements Questions {
  private static final int BYTES = 4 * Integer.BYTES;

  /** A virtual machine takes long to answer. */
  private final Map<Long, Answer> asked = new HashMap<>();

  private final MachineCode cpuid = MachineCode.install("cpuid", cpuidCode());
  private final MachineCode xgetbv = MachineCode.install("xgetbv", xgetbvCode());
  private final Arguments arguments = new Arguments();
  private final MemorySegment answer = Arena.ofAuto().allocate(BYTES, BYTES);

  /** Arguments: leaf, part, four ints that are written. */
  private static Assembler cpuidCode() {
    var a = new Assembler();
    a.push(RBX);
    a.mov(RAX, at(RDI));
    a.mov(RCX, at(RDI, 8));
    a.mov(R8, at(RDI, 16));
    a.cpuid();
    a.movd(at(R8), RAX);
    a.movd(at(R8, 4), RBX);
    a.movd(at(R8, 8), RCX);
    a.movd(at(R8, 12), RDX);
    a.pop(RBX);
    a.ret();
    return a;
  }

  /** Arguments: number of a control register, two ints that are written. */
  private static Assembler xgetbvCode() {
    var a = new Assembler();
    a.mov(RCX, at(RDI));
    a.mov(R8, at(RDI, 8));
    a.xgetbv();
    a.movd(at(R8), RAX);
    a.movd(at(R8, 4), RDX);
    a.ret();
    return a;
  }

  @Override
  public Answer cpuid(int leaf, int part) {
    // Beyond the highest leaf of its kind processors answer something else.
    int highest = ask(leaf & 0x8000_0000, 0).a();
    return Integer.compareUnsigned(leaf, highest) > 0 ? Answer.NOTHING : ask(leaf, part);
  }

  private Answer ask(int leaf, int part) {
    // Plain loops and tests, here and in Processor: a JVM's first lambda takes milliseconds.
    long question = (long) leaf << 32 | part;
    Answer known = asked.get(question);
    if (known == null) {
      arguments
          .begin()
          .number(leaf & 0xFFFF_FFFFL)
          .number(part)
          .writes(answer, 0, BYTES)
          .call(cpuid);
      known = new Answer(get(0), get(1), get(2), get(3));
      asked.put(question, known);
    }
    return known;
  }

  private int get(int index) {
    return answer.getAtIndex(JAVA_INT, index);
  }

  @Override
  public long saved() {
    arguments.begin().number(0).writes(answer, 0, BYTES).call(xgetbv);
    return (long) get(1) << 32 | Integer.toUnsignedLong(get(0));
  }

  @Override
  public boolean permitsTiles() {
    return Outside.permitsTiles();
  }
}
