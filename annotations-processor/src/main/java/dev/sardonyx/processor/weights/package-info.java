/** Whether the weights that a model names fit it. */
@NullMarked
package dev.sardonyx.processor.weights;

import org.jspecify.annotations.NullMarked;
