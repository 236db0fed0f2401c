/**
 * The kernel set in machine code. An emitter (a class named {@code ...Code}) writes a kernel; what
 * calls it says in bytes what the kernel reads and writes. What this set lacks is served by the
 * next one.
 *
 * <p>A wrong byte ends the process or spoils somebody's memory, so a new kernel comes with a {@code
 * Family}: for each number of its code a small problem (most extend {@code OperationTrial} and say
 * which method of {@code Kernels} takes the code, with inputs of which sizes). {@code Trials} asks
 * it when a number is first needed: the method of {@code MachineKernels} takes the work only if
 * {@code trials.pass(number)}, before anything is written, and leaves it to the next set else. Code
 * that works in several pieces asks for all of them first. Added to {@code trials()}, all its
 * numbers run in {@code SelfTest} and in the build, on problems of several lengths, in memory that
 * ends, and then begins, at a page that nobody may touch.
 */
@NullMarked
package dev.sardonyx.runtime.kernel.machine;

import org.jspecify.annotations.NullMarked;
