/**
 * Machine code that was written in Java: memory that it runs in, and the one place that calls it.
 * Linux on x86-64; another instruction set needs an assembler of its own beside {@link
 * dev.sardonyx.runtime.machine.assembler}, another system a {@link
 * dev.sardonyx.runtime.machine.CodeMemory}, another calling convention a prologue: code takes one
 * argument, the address of a block of longs.
 */
@NullMarked
package dev.sardonyx.runtime.machine;

import org.jspecify.annotations.NullMarked;
