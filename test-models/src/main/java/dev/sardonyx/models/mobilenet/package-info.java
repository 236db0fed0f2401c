/** Networks for phones. Source: Sandler et al., MobileNetV2: Inverted Residuals. */
@NullMarked
package dev.sardonyx.models.mobilenet;

import org.jspecify.annotations.NullMarked;
