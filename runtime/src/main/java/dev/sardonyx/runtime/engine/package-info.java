/** The native engine: graphs compiled, planned and run in Java alone. */
@NullMarked
package dev.sardonyx.runtime.engine;

import org.jspecify.annotations.NullMarked;
