package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Where one direction of an LSTM or a GRU has its state, for {@link Kernels#lstm} and {@link
 * Kernels#gru}. Gates and states have rows of a pitch; what a row has beyond the state's elements
 * is computed as well, and nobody reads it.
 *
 * @param size the elements of a state
 * @param pitch from a gate to the next and from a state to the next: whole panels
 * @param products {@code [sample][gate][pitch]}, the products of the states; overwritten
 * @param inputs {@code [row][gate][pitch]}, the inputs' part of the gates
 * @param hidden {@code [sample][pitch]}, the states
 * @param cell the same of the cells of an LSTM; a GRU has none
 * @param y {@code [row][size]}, where the new states are left as well; null for nowhere
 */
public record GatedCell(
    int size,
    int pitch,
    MemorySegment products,
    MemorySegment inputs,
    MemorySegment hidden,
    MemorySegment cell,
    @Nullable MemorySegment y) {}
