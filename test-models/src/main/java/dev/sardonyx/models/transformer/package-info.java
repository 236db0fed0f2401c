/** Transformers in the sizes that people run. Source: Vaswani et al., Attention Is All You Need. */
@NullMarked
package dev.sardonyx.models.transformer;

import org.jspecify.annotations.NullMarked;
