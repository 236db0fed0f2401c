/** Classes recovered from what PyTorch's exporter writes. */
@NullMarked
package dev.sardonyx.runtime.generate.recover;

import org.jspecify.annotations.NullMarked;
