/** How far values lie apart: the one comparison that checks and test cases are judged by. */
@NullMarked
package dev.sardonyx.runtime.compare;

import org.jspecify.annotations.NullMarked;
