/** The laws of models, broken one by one. */
@NullMarked
package dev.sardonyx.runtime.contract;

import org.jspecify.annotations.NullMarked;
