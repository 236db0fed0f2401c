/** An assembler for x86-64: only the instructions that the kernels use. */
@NullMarked
package dev.sardonyx.runtime.machine.assembler;

import org.jspecify.annotations.NullMarked;
