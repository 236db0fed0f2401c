/**
 * The kernel set in machine code. An emitter (a class named {@code ...Code}) writes a kernel; what
 * calls it says in bytes what the kernel reads and writes. What this set lacks is served by the
 * next one.
 */
@NullMarked
package dev.sardonyx.runtime.kernel.machine;

import org.jspecify.annotations.NullMarked;
