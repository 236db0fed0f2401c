package dev.sardonyx.runtime.kernel;

/**
 * What a set does in a nanosecond on one thread, as far as ways to compute a node differ in it.
 *
 * @param multiplyAdds of products whose operands are in the caches
 * @param copied bytes of pixels that are copied to rows of a product
 * @param small bytes of operands and sums of Winograd's small tiles, each written and read once
 * @param large the same of large tiles
 * @param weights bytes of weights that come from beyond the second cache: fewer than a layer gets
 *     alone, because what it reads pushes out what others would find there
 * @param calls nanoseconds, not per nanosecond: what one more product costs, however small
 */
public record Rates(
    double multiplyAdds, double copied, double small, double large, double weights, double calls) {}
