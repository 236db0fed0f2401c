/** What torch.save writes: containers, a pickle machine that runs nothing, tensors. */
@NullMarked
package dev.sardonyx.runtime.checkpoint.pytorch;

import org.jspecify.annotations.NullMarked;
