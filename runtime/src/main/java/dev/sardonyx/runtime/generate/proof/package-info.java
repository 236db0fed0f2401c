/** Proofs that generated sources are the model that they were generated from. */
@NullMarked
package dev.sardonyx.runtime.generate.proof;

import org.jspecify.annotations.NullMarked;
