/** Modules, layers and containers with PyTorch's names. */
@NullMarked
package dev.sardonyx.api.nn;

import org.jspecify.annotations.NullMarked;
