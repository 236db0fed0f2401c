/** The cross-check on whole models, sound and faulty. */
@NullMarked
package dev.sardonyx.models.check;

import org.jspecify.annotations.NullMarked;
