package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The pixels that a convolution's kernel meets, as the left operand of its product: a row for each
 * output pixel of all images, in it {@code [kernel depth, kernel height, kernel width, group
 * channel]}, zero in the padding. x is {@code [batch, depth, height, width, channels]}.
 *
 * @param firstChannel where the group's channels begin
 */
public record PixelRows(ConvolutionGeometry geometry, MemorySegment x, int firstChannel)
    implements LeftRows {}
