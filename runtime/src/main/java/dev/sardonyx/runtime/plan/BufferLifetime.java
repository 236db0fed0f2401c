package dev.sardonyx.runtime.plan;

/** A buffer's size and the steps, first and last included, between which its contents matter. */
record BufferLifetime(long bytes, int first, int last) {}
