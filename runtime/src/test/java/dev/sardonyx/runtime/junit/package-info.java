/** Results for build servers. */
@NullMarked
package dev.sardonyx.runtime.junit;

import org.jspecify.annotations.NullMarked;
