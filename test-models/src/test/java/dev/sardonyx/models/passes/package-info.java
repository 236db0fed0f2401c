/** What the compiler makes of models means what the models mean. */
@NullMarked
package dev.sardonyx.models.passes;

import org.jspecify.annotations.NullMarked;
