/** How long nodes take on engines, and what that means on this machine. */
@NullMarked
package dev.sardonyx.runtime.profile;

import org.jspecify.annotations.NullMarked;
