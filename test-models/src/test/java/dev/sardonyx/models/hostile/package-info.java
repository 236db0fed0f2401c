/** Model files made to break readers and engines. */
@NullMarked
package dev.sardonyx.models.hostile;

import org.jspecify.annotations.NullMarked;
