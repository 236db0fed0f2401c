package dev.sardonyx.runtime.machine.assembler;

/** What the last operand of a vector instruction may be. */
public sealed interface Source permits Vec, Mem {}
