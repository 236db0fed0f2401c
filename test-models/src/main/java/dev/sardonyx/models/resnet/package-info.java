/** Residual networks. Source: He et al., Deep Residual Learning for Image Recognition. */
@NullMarked
package dev.sardonyx.models.resnet;

import org.jspecify.annotations.NullMarked;
