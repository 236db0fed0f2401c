/** The front door: {@link dev.sardonyx.api.Sardonyx}. */
@NullMarked
package dev.sardonyx.api;

import org.jspecify.annotations.NullMarked;
