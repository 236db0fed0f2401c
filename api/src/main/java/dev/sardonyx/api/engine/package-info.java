/** The service interfaces that engines and file formats implement. */
@NullMarked
package dev.sardonyx.api.engine;

import org.jspecify.annotations.NullMarked;
