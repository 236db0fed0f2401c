package dev.sardonyx.runtime.bench;

/**
 * Runs one after the other.
 *
 * @param nanos what each took
 * @param allocatedBytes what the calling thread allocated in the heap meanwhile
 */
public record Block(long[] nanos, long allocatedBytes) {}
