/** Every example model and layer against PyTorch's own prints, names and numbers. */
@NullMarked
package dev.sardonyx.models.golden;

import org.jspecify.annotations.NullMarked;
