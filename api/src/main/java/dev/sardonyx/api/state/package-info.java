/** Named weights in memory: state dicts, how to load them, what a load did. */
@NullMarked
package dev.sardonyx.api.state;

import org.jspecify.annotations.NullMarked;
