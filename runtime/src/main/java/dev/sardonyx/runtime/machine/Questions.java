package dev.sardonyx.runtime.machine;

/** What a processor and its system are asked. */
interface Questions {
  /** The registers eax, ebx, ecx and edx. */
  record Answer(int a, int b, int c, int d) {
    static final Answer NOTHING = new Answer(0, 0, 0, 0);
  }

  /** What the instruction CPUID answers; zeros for a leaf that the processor does not have. */
  Answer cpuid(int leaf, int part);

  /** XCR0: the state that the system saves. Asked only where the system uses XSAVE. */
  long saved();

  /** Asks the system for the tiles of AMX. Asked only where there are tiles. */
  boolean permitsTiles();
}
