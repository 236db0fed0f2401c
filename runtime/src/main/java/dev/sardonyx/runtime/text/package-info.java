/** Text for people. */
@NullMarked
package dev.sardonyx.runtime.text;

import org.jspecify.annotations.NullMarked;
