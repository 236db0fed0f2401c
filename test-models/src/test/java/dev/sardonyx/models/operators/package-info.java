/** What is said of operators, from what the operators and engines say. */
@NullMarked
package dev.sardonyx.models.operators;

import org.jspecify.annotations.NullMarked;
