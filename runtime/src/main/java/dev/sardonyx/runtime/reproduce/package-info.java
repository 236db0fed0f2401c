/** What a fault needs to show again: the smallest model that has it, with inputs and results. */
@NullMarked
package dev.sardonyx.runtime.reproduce;

import org.jspecify.annotations.NullMarked;
